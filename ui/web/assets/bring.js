// Files on their way in: dropped, chosen or pasted, sent one after the other to our own server. Nothing is read here.
(() => {
  if (window.flourishBring) return;
  window.flourishBring = true;
  let sending = false, pasted = '';

  const zone = () => document.querySelector('[data-drop]');
  const say = (words) => { const said = document.querySelector('[data-sent]'); if (said) said.textContent = words; };
  const account = () => new URLSearchParams(document.querySelector('[data-place]')?.dataset.place ?? '').get('a') ?? '';

  const send = async (name, body, tray) => {
    const headers = {
      'content-type': 'application/octet-stream', 'x-flourish-account': account(),
      'x-flourish-tray': tray, 'x-flourish-name': encodeURIComponent(name),
    };
    const answer = await fetch('/upload', { method: 'POST', headers, body });
    if (answer.status === 401) throw new Error('You are no longer signed in. Open Flourish again in another tab, then send the files once more.');
    if (!answer.ok) throw new Error('The files could not be sent. Load the page again.');
    return answer.json();
  };

  // Every file is tried: what is refused is said, the others are looked through.
  const bring = async (files) => {
    const most = Number(zone()?.dataset.most);
    if (sending || !files.length || !most) return;
    sending = true;
    const refused = [];
    let tray = '', taken = 0;
    try {
      for (const [number, { name, file }] of files.entries()) {
        say(`Sending ${number + 1} of ${files.length}: ${name}`);
        if (file.size > most) { refused.push(`${name} is larger than ${Math.round(most / 1048576)} MB. Split it, for example by year.`); continue; }
        const told = await send(name, file, tray);
        tray = told.tray || tray;
        taken = told.files;
        if (told.said) refused.push(told.said);
      }
      say(refused.join(' '));
      if (tray && taken) window.flourish.go(`?${new URLSearchParams({ a: account(), g: 'write', i: `tray.${tray}` })}`, { slow: true });
    } catch (error) {
      say(error instanceof TypeError ? 'Flourish cannot be reached. Your files stay where they are; try again in a moment.' : error.message);
    } finally {
      sending = false;
    }
  };

  const named = (list) => [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

  // A dropped folder is walked; hidden files stay out.
  const walked = async (entry, at = '') => {
    if (entry.name.startsWith('.')) return [];
    if (entry.isFile) return [{ name: at + entry.name, file: await new Promise((fine, wrong) => entry.file(fine, wrong)) }];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const part = await new Promise((fine, wrong) => reader.readEntries(fine, wrong));
      if (!part.length) return found;
      for (const inner of part) found.push(...await walked(inner, `${at}${entry.name}/`));
    }
  };

  document.addEventListener('change', (event) => {
    if (!event.target.matches('[data-files]')) return;
    bring(named(event.target.files)).then(() => { event.target.value = ''; });
  });
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-paste]');
    if (!form) return;
    event.preventDefault();
    const words = form.elements.text.value;
    if (!words.trim()) return;
    pasted = words;
    bring([{ name: 'Pasted notes.txt', file: new Blob([words]) }]);
  });
  // What was pasted and could be read waits among the files now: its box is free, unless something else stands in it.
  document.addEventListener('fl-settled', () => {
    if (!pasted || !document.querySelector('[data-read]')) return;
    window.flourishDrafts.drop_if('bring:paste', pasted);
    pasted = '';
  });
  document.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (zone() && files?.length) { event.preventDefault(); bring(named(files)); }
  });
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, (event) => {
      const at = zone();
      if (!at || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      at.toggleAttribute('data-over', kind === 'dragover');
      if (kind !== 'drop') return;
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      const files = named(event.dataTransfer.files);
      const all = entries.some((entry) => entry.isDirectory) ? Promise.all(entries.map((entry) => walked(entry))) : [files];
      Promise.resolve(all).then((found) => bring(found.flat()));
    });
  }
})();
