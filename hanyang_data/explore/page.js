// What the page does in the browser besides its menus.
// A key pressed in it is the page's: JupyterLab would take an arrow in a menu for its own and go to the next cell.
window.hanyangKeys ||= [window.addEventListener('keydown', (event) => {
  if (event.target.closest?.('.hy-page')) { event.target.setAttribute('data-lm-suppress-shortcuts', 'true'); }
}, true)];
// Where it is served, the choice stands behind the # of its address, so that a view can be sent; and the address is followed.
window.hanyangAddress ||= document.body.dataset.voila && (() => {
  let told = decodeURIComponent(location.hash.slice(1));
  const ask = (field) => { field.value = told; field.dispatchEvent(new Event('input', {bubbles: true})); };
  window.addEventListener('hashchange', () => {
    const field = document.querySelector('.hy-address input');
    told = decodeURIComponent(location.hash.slice(1));
    if (field && field.value !== told) { ask(field); }
  });
  return setInterval(() => {
    const field = document.querySelector('.hy-address input');
    if (!field || !document.querySelector('.hy-figure, .hy-none')) { return; }
    if (told && told !== field.value) { ask(field); told = ''; return; }
    if (!told && field.value && location.hash.slice(1) !== field.value) {
      history.replaceState(null, '', `#${field.value}`);
    }
    told = told === field.value ? '' : told;
  }, 150);
})();
