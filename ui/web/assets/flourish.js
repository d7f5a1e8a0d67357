// What is pressed inside our HTML goes to the server as a name and two ids. The address follows the page, so that
// loading it again, or a saved link, opens the same place. Nothing else runs in the browser.
element.addEventListener('click', (event) => {
  const pressed = event.target.closest('button[data-do]');
  if (!pressed) return;
  const { do: deed, id = '', to = '' } = pressed.dataset;
  trigger('click', { do: deed, id, to });
  if (['person', 'people', 'view', 'ask', 'draft'].includes(deed)) window.scrollTo({ top: 0 });
});
watch('value', () => {
  const place = element.querySelector('[data-place]');
  if (place) history.replaceState(null, '', place.dataset.place);
});
