// Covers what fields hold, and tells in one document whether a taller window moves its content.
(() => {
  if (globalThis.curbcutViews) return;

  const SPOKEN = "[type=submit], [type=button], [type=reset], [type=image], [type=checkbox], [type=radio]";
  const DRAWN = "[type=date], [type=datetime-local], [type=month], [type=time], [type=week]";
  const RULES = `
    input:not(${SPOKEN}), textarea { -webkit-text-security: disc !important }
    input:is(${DRAWN})::-webkit-datetime-edit { visibility: hidden !important }
    input:is([type=range], [type=color]) { opacity: 0 !important }
    ::placeholder { -webkit-text-security: none !important }`;
  const MOST = 300;

  const covered = new Map();

  globalThis.curbcutViews = {
    cover: (root = document) => {
      if (covered.has(root)) return;
      if (root === document && document.activeElement) document.activeElement.blur();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(RULES);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      covered.set(root, sheet);
    },
    uncover: () => {
      for (const [root, sheet] of covered) {
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
      }
      covered.clear();
    },
    // The window's width and height, the page's height, and where a share of its elements stand.
    measure: () => {
      scrollTo({ left: 0, top: 0, behavior: "instant" });
      const all = document.body ? [...document.body.querySelectorAll("*")] : [];
      const step = Math.max(1, Math.ceil(all.length / MOST));
      const places = all.filter((_, at) => at % step === 0).map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].map(Math.round);
      });
      return [innerWidth, innerHeight, Math.ceil(document.documentElement.scrollHeight), places];
    },
    drawn: () =>
      Promise.race([
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
        new Promise((resolve) => setTimeout(resolve, 500)),
      ]),
  };
})();
