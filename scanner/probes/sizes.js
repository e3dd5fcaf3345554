// Which texts of the document can be seen whole in the window as it is, and what cuts the others.
(() => {
  if (globalThis.curbcutSizes) return;

  const LEAST_X = 4; // CSS px of a line's width
  const LEAST_Y = 0.25; // of a line's height
  const MAY_BE_WIDE = "table,pre,code,svg,canvas,math,video,object,embed,iframe,[role=table],[role=grid],[role=toolbar],"
    + "[role=img],[role=application],[role=treegrid],[role=menubar],[role=tablist]";

  const texts = [];
  const seen = new Map();
  const elements = [];
  let base = null;

  const place = (element) => {
    if (!seen.has(element)) {
      seen.set(element, elements.length);
      elements.push(element);
    }
    return seen.get(element);
  };

  const collect = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node && texts.length < 5000; node = walker.nextNode()) {
      if (node.data.trim() && !/^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE|OPTION)$/.test(node.parentElement.tagName)) {
        texts.push(node);
      }
    }
  };

  const clips = (value) => value === "hidden" || value === "clip";
  const scrolls = (value) => value === "auto" || value === "scroll";

  // What is hidden from sight for readers of the screen only, or lies off the page on purpose.
  const meantUnseen = (element, style, box) =>
    (style.clip !== "auto" && style.position === "absolute") || style.clipPath !== "none"
    || (clips(style.overflowX) && (box.width <= 2 || box.height <= 2));

  const inner = (element) => {
    const box = element.getBoundingClientRect();
    const [left, top] = [box.left + element.clientLeft, box.top + element.clientTop];
    return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight };
  };

  // What cuts a text, in each direction: [element, CSS px], the first from inside; undefined where it is meant unseen.
  const cuts = (text) => {
    const above = text.parentElement;
    if (!above || !above.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return undefined;
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter((line) => line.width > 0 && line.height > 0);
    if (!lines.length) return undefined;
    const found = { x: null, y: null, lines };
    let [openX, openY] = [true, true];
    let escapes = false;
    for (let one = above; one && one !== document.documentElement && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.position === "fixed") return found;
      const holds = style.position !== "static" || style.transform !== "none";
      if (!escapes || holds) {
        escapes = false;
        const box = one.getBoundingClientRect();
        if (meantUnseen(one, style, box)) return undefined;
        if (scrolls(style.overflowX)) openX = false;
        if (scrolls(style.overflowY)) openY = false;
        const edge = inner(one);
        if (openX && !found.x && clips(style.overflowX)) {
          if (lines.some((line) => line.right - edge.right > LEAST_X && line.left < edge.right - LEAST_X)) found.x = one;
        }
        if (openY && !found.y && clips(style.overflowY) && one.clientHeight > 0) {
          if (lines.some((line) => line.bottom - edge.bottom > LEAST_Y * line.height)) found.y = one;
        }
      }
      if (style.position === "absolute") escapes = true;
    }
    return found;
  };

  const mended = (by, text) => {
    const style = getComputedStyle(by);
    const control = "button,summary,[role=button],[aria-expanded],[onclick]";
    const beside = [by.nextElementSibling, by.previousElementSibling, by.parentElement];
    return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none"
      || getComputedStyle(text.parentElement).textOverflow === "ellipsis"
      || by.querySelector(control) !== null || by.closest(control + ",a[href]") !== null
      || beside.some((one) => one && one !== document.body && (one.matches(control) || [...one.children].some((child) => child.matches(control))));
  };

  const inline = (element) => /^(?:inline|contents|ruby|ruby-text)$/.test(getComputedStyle(element).display);
  const block = (text) => {
    let one = text.parentElement;
    while (one.parentElement && inline(one)) one = one.parentElement;
    return one;
  };

  // Whether nothing but the text can be meant to lie outside: downwards all between is in the normal flow.
  const standsAlone = (text, by, axis) => {
    if (block(text) === by) return true;
    if (axis === "x") return false;
    for (let one = text.parentElement; one && one !== by; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.position !== "static" || style.transform !== "none" || style.float !== "none") return false;
    }
    return true;
  };

  const PAUSE = 50;
  const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));
  const shape = () => `${document.documentElement.scrollWidth} ${document.documentElement.scrollHeight} `
    + `${document.querySelectorAll("*").length}`;

  globalThis.curbcutSizes = {
    elements,
    // A new style sheet is in force: with the next frame, not at once.
    drawn: () => Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]),
    // The page has come to rest after its window changed.
    rest: async () => {
      let before = "";
      let same = 0;
      for (let turn = 0; turn < 12 && same < 2; turn += 1) {
        await pause();
        const now = shape();
        same = now === before ? same + 1 : 0;
        before = now;
      }
    },
    begin: () => {
      collect();
      base = texts.map(cuts);
    },
    // Texts that are cut now: [place, axis, place of what cuts, alone, mended, cut before as well].
    compare: () => {
      const found = [];
      texts.forEach((text, at) => {
        if (!base[at] || !text.isConnected) return;
        const now = cuts(text);
        if (!now) return;
        for (const axis of ["x", "y"]) {
          if (!now[axis]) continue;
          const by = now[axis];
          const before = base[at][axis] !== null;
          const [alone, more] = [standsAlone(text, by, axis), mended(by, text)];
          if (!before || (alone && !more)) found.push([place(text.parentElement), axis, place(by), alone, more, before]);
        }
      });
      return found;
    },
    width: () => Math.max(document.documentElement.scrollWidth, innerWidth),
    spills: () => !clips(getComputedStyle(document.documentElement).overflowX)
      && !clips(getComputedStyle(document.body).overflowX),
    // What is wider than the window, and may not be and does not scroll by itself: texts with a long line, and boxes
    // that hold a text which lies beside the window: [place, width].
    wide: () => {
      const found = [];
      const scrolled = (element) => {
        for (let one = element; one && one !== document.body; one = one.parentElement) {
          if (/^(?:auto|scroll|hidden|clip)$/.test(getComputedStyle(one).overflowX)) return true;
        }
        return false;
      };
      // What makes a text lie beside the window: the outermost box wider than it, if all is in the normal flow.
      const tooWide = (element) => {
        let widest = null;
        for (let one = element; one && one !== document.body; one = one.parentElement) {
          const style = getComputedStyle(one);
          if (/^(?:fixed|absolute)$/.test(style.position) || style.transform !== "none") return null;
          if (one.getBoundingClientRect().width > innerWidth) widest = one;
        }
        return widest;
      };
      texts.forEach((text, at) => {
        if (!base[at] || !text.isConnected || text.parentElement.closest(MAY_BE_WIDE)) return;
        const now = cuts(text);
        if (!now || scrolled(text.parentElement)) return;
        const most = Math.max(...now.lines.map((line) => line.width));
        const breaks = /\S\s+\S/.test(text.data.trim());
        const holder = now.lines.some((line) => line.left + scrollX >= innerWidth) ? tooWide(text.parentElement) : null;
        if (most > innerWidth + 1 && breaks) found.push([place(text.parentElement), most]);
        else if (holder) found.push([place(holder), holder.getBoundingClientRect().width]);
      });
      return found;
    },
  };
})();
