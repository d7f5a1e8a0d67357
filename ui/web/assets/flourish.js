// What is pressed inside our HTML goes to the server as a name, ids, the place and the fields of a form. The address
// follows the page, so that loading it again, going back, or a saved link opens the same place. What was typed and not
// sent is kept by `drafts.js`.
(() => {
  if (window.flourish) return;
  const wires = {}, waiting = [], drafts = window.flourishDrafts;
  const all = (where, within = document) => [...within.querySelectorAll(where)];
  let asked = 0, settling = 0, cleared = '', talked = 0, running = false, next = false, busy = '', late = 0, going = '', hopping = false;

  const SIGNED_OUT = 'You are no longer signed in.';

  const place = () => document.querySelector('[data-place]')?.dataset.place ?? location.search;
  // Somebody's page has no name of its own; in a talk the person may change with every message.
  const page_of = (query) => { const at = new URLSearchParams(query); return at.get('g') ?? at.get('p') ?? ''; };
  const main = () => document.getElementById('fl-main');
  const accounts = () => [place(), ...all('.fl-desk option').map((o) => o.value)].map((q) => new URLSearchParams(q).get('a'));

  const send = (deed, slow) => {
    if (busy && !['go', 'stop'].includes(deed.do)) return;
    if (!['go', 'stop', 'find'].includes(deed.do)) busy = deed.do;
    if (deed.do !== 'stop') clearTimeout(typing); // what was to be looked up is past: its answer would cover this one's
    deed.at = place();
    asked = 0;
    main()?.classList.add('fl-waiting');
    clearTimeout(late);
    late = setTimeout(look_after, 1500);
    const wire = wires[slow ? 'fl-wire-slow' : 'fl-wire'];
    if (wire) wire('click', deed); else waiting.push([deed, slow]);
  };

  const go = (to, { slow = /v=prep|v=plan|g=chat|i=tray/.test(to), back = false } = {}) => {
    going = back ? 'back' : 'on';
    hopping = true;
    all('.fl-nav a').forEach((a) => {
      const on = new URL(a.href).search === to;
      if (on) a.setAttribute('aria-current', 'page'); else if (a.matches('.fl-goes')) a.removeAttribute('aria-current');
    });
    send({ do: 'go', to }, slow);
  };

  // No answer yet: find out why, say so, and let the button be pressed again. What was typed stays where it is.
  const look_after = async () => {
    let said = '';
    try {
      const answer = await fetch('/app/gradio_api/startup-events', { signal: AbortSignal.timeout(4000) });
      if (answer.status === 401) said = SIGNED_OUT;
    } catch {
      said = 'Flourish cannot be reached. It is tried again by itself; see whether it still runs in its terminal.';
    }
    if (!said && asked < 3) { asked += 1; late = setTimeout(look_after, 4000); return; }
    if (said === SIGNED_OUT) { signed_out(); return; }
    bar().textContent = `${said || 'Flourish is slow to answer.'} What you typed is still here.`;
    free();
  };

  const free = () => {
    busy = '';
    main()?.classList.remove('fl-waiting');
  };

  // The session has ended: the way back in is another tab, because this one holds what was typed.
  const signed_out = () => {
    clearTimeout(late);
    const again = Object.assign(document.createElement('a'), {
      href: '/sign-in', target: '_blank', rel: 'noopener', textContent: 'Sign in again in another tab',
    });
    const without = 'Without a password, open the newest link that Flourish shows in its terminal.';
    bar().replaceChildren(`${SIGNED_OUT} `, again, `, then press again here. ${without} What you typed is still here.`);
    free();
  };

  const plain = window.fetch;
  window.fetch = async (...said) => {
    const answer = await plain(...said);
    if (answer.status === 401 && new URL(answer.url || location.href).origin === location.origin) signed_out();
    return answer;
  };

  const bar = () => {
    let made = document.getElementById('fl-late');
    if (!made) {
      made = Object.assign(document.createElement('div'), { id: 'fl-late' });
      made.setAttribute('role', 'status');
      document.body.append(made);
    }
    return made;
  };

  // A row of tabs that goes on beyond the screen fades out where it does.
  const edges = (row) => {
    row.toggleAttribute('data-before', row.scrollLeft > 4);
    row.toggleAttribute('data-after', row.scrollLeft + row.clientWidth < row.scrollWidth - 4);
  };
  const edged = () => all('.fl-tabs').forEach(edges);
  document.addEventListener('scroll', ({ target }) => { if (target.matches?.('.fl-tabs')) edges(target); }, true);
  window.addEventListener('resize', edged);

  // What was just done is said on top of the page, not on top of its first lines.
  const uncover = () => {
    const said = document.querySelector('#fl-notice-box .fl-notice')?.getBoundingClientRect();
    const out = document.getElementById('fl-out')?.getBoundingClientRect();
    const over = said && out ? said.bottom + 8 - out.top : 0;
    if (over > 0 && over < 240) window.scrollBy(0, -over);
  };

  // An answer that has ended shows its last row above the field for the next message, as far as the question stays in view.
  const shown_whole = () => {
    const turn = document.querySelector('[data-talk] > li:last-child'), field = document.querySelector('.fl-composer');
    if (!turn || !field) return;
    const at = turn.getBoundingClientRect(), under = document.getElementById('fl-scope')?.getBoundingClientRect().bottom ?? 0;
    const more = Math.min(at.bottom + 8 - field.getBoundingClientRect().top, at.top - under);
    if (more > 0) window.scrollBy(0, more);
  };

  // After every answer: the address, the title, the typed words, the place of attention.
  const settle = () => {
    const marks = document.querySelector('[data-place]');
    document.getElementById('fl-first')?.remove();
    bar().textContent = '';
    clearTimeout(late);
    busy = '';
    main()?.classList.remove('fl-waiting');
    if (marks) {
      document.title = marks.dataset.title;
      const at = new URLSearchParams(marks.dataset.place);
      const here = at.get('g') ?? 'people'; // somebody's page belongs to People
      all('.fl-nav a.fl-goes').forEach((a) => {
        if (new URL(a.href).searchParams.get('g') === here) a.setAttribute('aria-current', 'page');
        else a.removeAttribute('aria-current');
      });
      if (marks.dataset.place !== location.search) {
        const step = going === 'on' && location.search ? 'pushState' : 'replaceState';
        hopping ||= Boolean(location.search) && !going && page_of(marks.dataset.place) !== page_of(location.search);
        history[step](null, '', marks.dataset.place);
      }
    }
    const turn = document.querySelector('#fl-notice-box [data-turn]')?.dataset.turn;
    const fresh = turn !== cleared;
    if (fresh) { // what was typed is kept now: its form is free, once
      cleared = turn;
      for (const { dataset: { kept } } of all('[data-kept]')) {
        drafts.drop(kept);
        all('form[data-draft]').filter((form) => form.dataset.draft === kept).forEach((form) => form.reset());
      }
    }
    if (marks) drafts.only(accounts());
    all('[data-forgot]').forEach((one) => drafts.about(one.dataset.forgot));
    all('form[data-draft]').forEach(drafts.fill);
    const front = fresh && document.querySelector('.fl-front');
    const tab = document.querySelector('.fl-tabs [aria-current]');
    if (tab) {
      tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 48;
      edges(tab.parentElement);
    }
    if (front) { // something to look at before it is done
      hopping = false;
      front.scrollIntoView({ block: 'center' });
      front.focus({ preventScroll: true });
    } else if (hopping) {
      hopping = false;
      const open = document.querySelector('.fl-open');
      if (open) open.scrollIntoView({ block: 'center' }); else window.scrollTo({ top: 0 });
      document.querySelector('#fl-scope h1')?.focus({ preventScroll: true });
      document.querySelector('details.fl-rest[open]')?.removeAttribute('open');
    } else if (document.activeElement === document.body && document.querySelector('.fl-notice')) {
      document.querySelector('.fl-notice button, .fl-notice')?.focus({ preventScroll: true });
    }
    if (fresh && !front) uncover();
    const turns = all('[data-talk] > li').length;
    if (turns !== talked) {
      talked = turns;
      document.querySelector('[data-talk] > li:last-child')?.scrollIntoView({ block: 'start' });
    }
    const runs = Boolean(document.querySelector('.fl-composer[data-running]'));
    if (turns && running && !runs) shown_whole();
    running = runs;
    going = '';
    document.dispatchEvent(new Event('fl-settled'));
    const form = document.querySelector('.fl-composer:not([data-running])');
    if (form && next) { next = false; form.requestSubmit(); }
  };

  window.flourish = {
    go,
    connect(element, trigger, watch) {
      const holder = element.closest('[id^="fl-"]') ?? element;
      if (holder.id.startsWith('fl-wire')) {
        wires[holder.id] = trigger;
        for (const [deed, slow] of waiting.splice(0)) send(deed, slow);
      } else {
        watch('value', () => { clearTimeout(settling); settling = setTimeout(settle, 0); });
      }
    },
  };

  document.addEventListener('click', (event) => {
    // A double click is one click: by its second half another row may have moved under the pointer.
    if (event.detail > 1 && event.target.closest('button')) { event.preventDefault(); return; }
    const link = event.target.closest('a[href^="?"]');
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
      event.preventDefault();
      go(link.getAttribute('href'));
      return;
    }
    const pressed = event.target.closest('button[data-do]');
    if (pressed) {
      const { do: deed, id = '', to = '', words, pillar } = pressed.dataset;
      send({ do: deed, id, to, ...(words && { words }), ...(pillar && { pillar }) }, 'slow' in pressed.dataset);
      return;
    }
    const posted = event.target.closest('button[data-post]');
    if (posted) {
      drafts.clear(); // the other tabs hear of it once it is so: earlier they would find themselves still signed in
      fetch(posted.dataset.post, { method: 'POST', redirect: 'manual' }).finally(() => {
        drafts.end();
        location.assign('/app/');
      });
      return;
    }
    const begun = event.target.closest('button[data-fill]');
    if (begun) {
      const box = document.querySelector('[data-slash]');
      if (box) { box.value = begun.dataset.fill; box.focus(); box.dispatchEvent(new Event('input', { bubbles: true })); }
      return;
    }
    const copied = event.target.closest('button[data-copy]');
    if (copied) {
      const words = document.getElementById(copied.dataset.copy)?.innerText ?? '';
      navigator.clipboard?.writeText(words).then(() => { bar().textContent = 'Copied.'; setTimeout(() => { bar().textContent = ''; }, 1500); });
    }
    if (event.target.closest('button[data-print]')) window.print();
  });

  document.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-do]');
    if (!form) return;
    event.preventDefault();
    if ('running' in form.dataset) { next = true; return; } // one message after the other
    const { do: deed, id = '', to = '' } = form.dataset;
    send({ ...Object.fromEntries(new FormData(form, event.submitter)), do: deed, id, to }, 'slow' in form.dataset);
  });

  document.addEventListener('change', (event) => {
    const chosen = event.target.closest('select[data-do], input[type=checkbox][data-do]');
    if (!chosen) return;
    const { do: deed, id = '' } = chosen.dataset;
    const to = chosen.type === 'checkbox' ? (chosen.checked ? 'on' : 'off') : chosen.value;
    if (deed === 'go') go(to); else send({ do: deed, id, to });
  });

  // A note opened from the picture of a plan lies above it: one at a time, closed by a click beside it or Escape.
  const put_away = (but) => {
    if (matchMedia('(max-width: 760px)').matches) return;
    all('.fl-thread details[open]').forEach((one) => { if (one !== but) one.open = false; });
  };
  document.addEventListener('toggle', ({ target }) => { if (target.open && target.closest?.('.fl-thread')) put_away(target); }, true);
  document.addEventListener('click', (event) => { if (!event.target.closest('.fl-thread details')) put_away(); });

  // "/" at the beginning of a message shows the commands that fit.
  const menu = (box) => {
    const list = box.form?.querySelector('[data-menu]');
    if (!list) return;
    const begun = /^\/\w*$/.test(box.value) ? box.value : '';
    let some = false;
    all('button', list).forEach((one) => { one.hidden = !begun || !one.dataset.fill.startsWith(begun); some ||= !one.hidden; });
    list.hidden = !some;
  };

  let typing = 0;
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form[data-draft]');
    if (form) drafts.typed(form, event.target);
    if (event.target.matches('[data-slash]')) menu(event.target);
    if (event.target.matches('[data-find]')) {
      clearTimeout(typing);
      typing = setTimeout(() => send({ do: 'find', id: event.target.dataset.find, words: event.target.value }), event.target.matches('textarea') ? 500 : 180);
    }
  });

  document.addEventListener('keydown', (event) => {
    const box = event.target.closest('textarea');
    if (event.key === 'Enter' && box && (event.ctrlKey || event.metaKey || 'enter' in box.dataset) && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      box.form?.requestSubmit();
    }
    if (event.key === 'Escape') put_away();
    if (event.key === '/' && !event.target.closest('input, textarea, select')) {
      const find = document.querySelector('[data-find], [data-slash]');
      if (find) { event.preventDefault(); find.focus(); }
    }
  });

  window.addEventListener('popstate', () => { if (location.search) go(location.search, { back: true }); });

  // The first look, until the page is there: its outline, so that nothing jumps.
  const outline = () => {
    if (document.querySelector('[data-place]') || document.getElementById('fl-first')) return;
    const made = document.createElement('div');
    made.id = 'fl-first';
    made.setAttribute('aria-hidden', 'true');
    made.innerHTML = '<div class="fl-first-side"><span class="fl-mark"><span class="fl-leaf"></span>Flourish</span>' +
      '<i></i><i></i><i></i><i></i></div><div class="fl-first-main"><b></b><p></p><p></p><p></p></div>';
    document.body.prepend(made);
  };
  if (document.body) outline(); else document.addEventListener('DOMContentLoaded', outline);
})();
