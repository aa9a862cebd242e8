// Marks answer: what the title of a mark says, in an SVG or over a picture, is shown beside it, on hover and on keyboard focus, wherever the figure stands.
(() => {
  if (window.hanyangAnswers) { return; }
  window.hanyangAnswers = true;
  const box = document.createElement('div');
  box.id = 'hy-says';
  box.setAttribute('role', 'status');
  const style = document.createElement('style');
  style.textContent = `
    #hy-says { position: fixed; z-index: 10000; max-width: 340px; padding: 6px 10px; background: #1a1a1a; color: #fff; border-radius: 3px;
      font: 13px/1.45 "Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Hanyang Sans", sans-serif;
      white-space: pre-line; pointer-events: none; visibility: hidden; }
    .hy-mark { cursor: help; }
    .hy-mark:focus-visible { outline: 2px solid #1a73e8; outline-offset: 2px; }
    @media print { #hy-says { display: none; } }`;
  document.head.append(style);
  document.body.append(box);
  const markOf = (event) => event.target instanceof Element ? event.target.closest('.hy-mark') : null;
  function show(mark) {
    const title = mark.querySelector('title');
    if (title || mark.title) {  // the browser would show it a second time
      mark.setAttribute('aria-label', title ? title.textContent : mark.title);
      mark.removeAttribute('title');
      title?.remove();
    }
    box.textContent = mark.getAttribute('aria-label');
    const at = mark.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - box.offsetWidth / 2), innerWidth - box.offsetWidth - 8);
    const above = at.top - box.offsetHeight - 8;
    box.style.left = `${left}px`;
    box.style.top = `${above > 8 ? above : at.bottom + 8}px`;
    box.style.visibility = 'visible';
  }
  const hide = () => { box.style.visibility = 'hidden'; };
  for (const [name, act] of [['pointerover', show], ['focusin', show], ['pointerout', hide], ['focusout', hide]]) {
    document.addEventListener(name, (event) => { const mark = markOf(event); if (mark) { act(mark); } });
  }
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') { hide(); } });
  document.addEventListener('scroll', hide, true);
})();
