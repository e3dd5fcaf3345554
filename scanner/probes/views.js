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

  const drawn = () =>
    Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]);

  // The window's width and height, the page's height, and where a share of its elements stand.
  const measure = () => {
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    const all = document.body ? [...document.body.querySelectorAll("*")] : [];
    const step = Math.max(1, Math.ceil(all.length / MOST));
    const places = all.filter((_, at) => at % step === 0).map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    });
    return [innerWidth, innerHeight, Math.ceil(document.documentElement.scrollHeight), places];
  };

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
    measure,
    drawn,
    // Once the page has come to rest in a window of this width: three looks in a row give the same.
    rested: async (width) => {
      let before = "";
      let same = 0;
      for (let turn = 0; turn < 20 && same < 2; turn += 1) {
        await drawn();
        await new Promise((resolve) => setTimeout(resolve, 20));
        const now = JSON.stringify(measure());
        same = now === before && innerWidth === width ? same + 1 : 0;
        before = now;
      }
      return measure();
    },
  };
})();
