// What was typed and not sent. It waits in this tab's own storage, by account and form, so that a reload, a locked phone
// or a lost connection loses nothing. It goes when it was sent, when somebody signs out or another one comes in, when the
// person it is about is forgotten, and with the tab.
(() => {
  if (window.flourishDrafts) return;
  const NAME = 'flourish-drafts', LONGEST = 200000;
  const shown = new WeakMap(); // a form, and what it was filled with
  const signs = 'BroadcastChannel' in window ? new BroadcastChannel(NAME) : null;
  let drafts = new Map(), saving = 0;
  try { drafts = new Map(JSON.parse(sessionStorage.getItem(NAME) ?? '[]')); } catch { /* begin with none */ }

  const save = () => {
    clearTimeout(saving);
    try {
      if (drafts.size) sessionStorage.setItem(NAME, JSON.stringify([...drafts])); else sessionStorage.removeItem(NAME);
    } catch { /* full or switched off: what was typed then lives as long as the window */ }
  };

  const place = () => new URLSearchParams(document.querySelector('[data-place]')?.dataset.place ?? location.search);
  const key = (draft) => `${place().get('a') ?? ''} ${draft}`;
  const box = (field) => field.type === 'checkbox';
  const can = (field) => field.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type);

  const typed = (form, field) => {
    if (!can(field) || field.value.length > LONGEST) return;
    const at = key(form.dataset.draft);
    drafts.set(at, { ...drafts.get(at), [field.name]: box(field) ? field.checked : field.value });
    clearTimeout(saving);
    saving = setTimeout(save, 150);
  };

  // A form that was just made gets all that was typed and chosen in it; in one that stands, only an empty field does.
  const fill = (form) => {
    const at = key(form.dataset.draft), said = drafts.get(at);
    const fresh = shown.get(form) !== at;
    shown.set(form, at);
    if (!said) return;
    for (const field of form.elements) {
      if (!can(field) || !(field.name in said)) continue;
      const words = said[field.name];
      if (box(field)) { if (fresh) field.checked = words; continue; }
      if (field.value === words || !(fresh || (field.matches('textarea, input[type=text]') && !field.value))) continue;
      if (field.matches('select') && ![...field.options].some((one) => one.value === words)) continue;
      field.value = words;
      if (fresh && 'find' in field.dataset) field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };

  const drop = (...draft) => {
    for (const one of draft) drafts.delete(key(one));
    save();
  };
  const drop_if = (draft, words) => { if (drafts.get(key(draft))?.text === words) drop(draft); };
  const only = (accounts) => {
    for (const at of [...drafts.keys()]) if (!accounts.includes(at.split(' ')[0])) drafts.delete(at);
    save();
  };
  const about = (person) => {
    for (const at of [...drafts.keys()]) {
      const parts = at.slice(at.indexOf(' ') + 1).split(':');
      if (parts.includes(person) || parts[0] === 'turn') drafts.delete(at);
    }
    save();
  };
  const end = () => {
    drafts.clear();
    save();
  };

  window.flourishDrafts = { typed, fill, drop, drop_if, only, about, clear: end, end: () => { end(); signs?.postMessage('out'); } };
  signs?.addEventListener('message', () => { end(); location.assign('/app/'); }); // signed out in another tab
  window.addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(); });
})();
