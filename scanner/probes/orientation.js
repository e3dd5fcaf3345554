// How far the elements of one document are turned, in the window as it is.
(() => {
  if (globalThis.curbcutTurn) return;

  const mentions = (text) => /orientation|aspect-ratio/.test(text || "");
  const inRules = (rules) => {
    for (const rule of rules) {
      if (rule.media && mentions(rule.media.mediaText)) return true;
      if (rule.cssRules && inRules(rule.cssRules)) return true;
      if (rule.styleSheet && mayTurn(rule.styleSheet)) return true;
    }
    return false;
  };
  const mayTurn = (sheet) => {
    if (sheet.media && mentions(sheet.media.mediaText)) return true;
    try {
      return inRules(sheet.cssRules);
    } catch {
      return true; // a sheet from elsewhere, which nobody may read
    }
  };

  const angle = (style) => {
    let degrees = 0;
    if (style.transform !== "none") {
      const matrix = new DOMMatrixReadOnly(style.transform);
      degrees += (Math.atan2(matrix.b, matrix.a) * 180) / Math.PI;
    }
    const turn = /^(-?[\d.]+)deg$/.exec(style.rotate) || /^(?:z|0 0 1) (-?[\d.]+)deg$/.exec(style.rotate);
    return degrees + (turn ? Number(turn[1]) : 0);
  };

  // The texts of the main content that are seen: the element around each, with its characters.
  const texts = () => {
    const root = document.querySelector("main, [role=main]") || document.body;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const above = node.parentElement;
      const length = node.data.trim().length;
      if (length && above.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
        found.set(above, (found.get(above) || 0) + length);
      }
    }
    return found;
  };
  const sum = (found) => [...found.values()].reduce((all, one) => all + one, 0);

  globalThis.curbcutTurn = {
    may: () => [...document.styleSheets, ...document.adoptedStyleSheets].some(mayTurn),
    elements: [],
    seen: [],
    texts: [],
    // The angle of every element that is turned itself, with those around it.
    measure: () => {
      const own = new Map();
      for (const element of document.querySelectorAll("*")) {
        const degrees = angle(getComputedStyle(element));
        if (degrees) own.set(element, degrees);
      }
      const total = new Map();
      for (const element of own.keys()) {
        let sum = 0;
        for (let one = element; one; one = one.parentElement) sum += own.get(one) || 0;
        total.set(element, sum);
      }
      curbcutTurn.seen.push(total);
      curbcutTurn.texts.push(texts());
    },
    // The elements whose angle differs between the two windows, and by how much.
    compare: () => {
      const [tall, wide] = curbcutTurn.seen;
      const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const both = new Set([...tall.keys(), ...wide.keys()]);
      const differences = [...both].map((one) => [one, (wide.get(one) || 0) - (tall.get(one) || 0)]);
      const found = differences.filter(([one, by]) => Math.round(by) % 360 && shown(one));
      curbcutTurn.elements = found.map(([one]) => one);
      return found.map(([, by]) => ((Math.round(by) % 360) + 360) % 360);
    },
    // How many characters are seen in the tall and in the wide window, and what is seen only where they are fewer.
    notice: [],
    lost: () => {
      const [tall, wide] = curbcutTurn.texts;
      const [less, more] = sum(tall) < sum(wide) ? [tall, wide] : [wide, tall];
      const only = [...less.keys()].filter((one) => !more.has(one));
      curbcutTurn.notice = only.sort((one, other) => less.get(other) - less.get(one)).slice(0, 1);
      return [sum(tall), sum(wide)];
    },
  };
})();
