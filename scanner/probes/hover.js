// What opens under the mouse in one document: which elements may open something, and what came into view.
(() => {
  if (globalThis.curbcutHover) return;

  const MOST = 6;
  const SHOWS = ["display", "visibility", "opacity", "height", "maxHeight", "clip", "clipPath", "left", "top", "transform",
    "scale"];
  const HINTS = "[data-tooltip],[data-tip],[data-tippy-content],[data-bs-toggle=tooltip],[data-toggle=tooltip],"
    + "[aria-describedby]";

  // Selectors of style rules in which the mouse over one element shows another: what stands before ":hover".
  const openers = (rules, found) => {
    for (const rule of rules) {
      if (rule.selectorText && rule.selectorText.includes(":hover") && shows(rule.style)) {
        for (const selector of parts(rule.selectorText)) {
          const match = /^([^]*):hover(?![^\s>+~]*:hover)([^\s>+~]*)\s*[\s>+~]\s*[^\s:]/.exec(selector);
          if (match) found.add((match[1] + match[2]).replaceAll(":hover", "").replace(/([\s>+~])$/, "$1*") || "*");
        }
      }
      const inner = rule.styleSheet || rule;
      try {
        if (inner.cssRules && (!rule.media || matchMedia(rule.media.mediaText).matches)) openers(inner.cssRules, found);
      } catch {
        // A sheet from elsewhere, which nobody may read.
      }
    }
  };
  const shows = (style) => SHOWS.some((name) => style[name]) && style.display !== "none"
    && style.visibility !== "hidden" && style.opacity !== "0";
  const parts = (text) => {
    const found = [""];
    let depth = 0;
    for (const letter of text) {
      depth += { "(": 1, ")": -1, "[": 1, "]": -1 }[letter] || 0;
      if (letter === "," && !depth) found.push("");
      else found[found.length - 1] += letter;
    }
    return found.map((one) => one.trim());
  };

  const styled = () => {
    const found = new Set();
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
      try {
        openers(sheet.cssRules, found);
      } catch {
        // A sheet from elsewhere.
      }
    }
    const elements = new Set();
    for (const selector of found) {
      try {
        document.querySelectorAll(selector).forEach((one) => elements.add(one));
      } catch {
        // What is no selector any more without its part.
      }
    }
    return elements;
  };

  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const area = (box) => Math.max(0, box.width) * Math.max(0, box.height);
  const within = (box) => box.width > 2 && box.height > 2 && box.right > 0 && box.bottom > 0
    && box.left < innerWidth && box.top < innerHeight;

  // Whether nothing around an element cuts it away.
  const isOpen = (element) => {
    const own = element.getBoundingClientRect();
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      if (style.clip !== "auto" && style.position === "absolute") return false;
      if (/^(?:inset\(50%|inset\(100%|polygon\(0px 0px, 0px 0px)/.test(style.clipPath)) return false;
      if (/hidden|clip/.test(style.overflowX + style.overflowY)) {
        if (box.width <= 2 || box.height <= 2) return false;
        if (own.bottom <= box.top || own.top >= box.bottom || own.right <= box.left || own.left >= box.right) return false;
      }
      if (style.position === "fixed") break;
    }
    return true;
  };

  // The texts that are seen in the window: element → box of its own words.
  const texts = (root = document.body) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = new Map();
    const range = document.createRange();
    for (let node = walker.nextNode(); node && found.size < 3000; node = walker.nextNode()) {
      const above = node.parentElement;
      if (!node.data.trim() || /^(?:SCRIPT|STYLE|NOSCRIPT|OPTION)$/.test(above.tagName)) continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (within(box) && seen(above) && isOpen(above)) found.set(above, box);
    }
    return found;
  };

  // Whether what describes it is not seen yet: a hint that is there already does not open.
  const isDescribed = (one) => (one.getAttribute("aria-describedby") || "").split(/\s+/).some((id) => {
    const target = id && document.getElementById(id);
    return target && (target.getAttribute("role") === "tooltip" || !seen(target));
  });
  const hinted = () => [...document.querySelectorAll(HINTS)].filter((one) =>
    isDescribed(one) || !one.hasAttribute("aria-describedby"));

  const kind = (one) => `${one.tagName} ${one.className} ${one.parentElement ? one.parentElement.className : ""}`;
  const suits = (one) => {
    if (one === document.body || one === document.documentElement || one.matches("main,[role=main],form")) return false;
    const box = one.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && area(box) < (innerWidth * innerHeight) / 3 && seen(one) && isOpen(one);
  };

  const state = { element: null, base: new Map(), popup: null, key: "" };
  // A point of the element at which it is met, not something in it that opens by itself.
  const point = (element) => {
    const box = element.getBoundingClientRect();
    const first = element.matches("a,button") ? null : element.querySelector(":scope > a, :scope > button, :scope > span");
    for (const one of [first && seen(first) ? first.getBoundingClientRect() : box, box]) {
      for (const [x, y] of [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2]]) {
        const place = [one.left + one.width * x, one.top + one.height * y];
        if (element.contains(document.elementFromPoint(...place))) return place;
      }
    }
    return null;
  };

  const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

  globalThis.curbcutHover = {
    listening: [],
    elements: [],
    ways: [],
    found: [],
    // What may open something, one of each kind: how many.
    find: () => {
      const byStyle = styled();
      const kinds = new Map();
      for (const one of [...byStyle, ...curbcutHover.listening, ...hinted()]) {
        if (kinds.size >= MOST) break;
        if (one.isConnected && !kinds.has(kind(one)) && suits(one)) kinds.set(kind(one), one);
      }
      curbcutHover.elements = [...kinds.values()];
      curbcutHover.ways = curbcutHover.elements.map((one) => byStyle.has(one) ? "style" : "script");
      return curbcutHover.ways;
    },
    drawn: () => Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      new Promise((resolve) => setTimeout(resolve, 300)),
    ]),
    // The element in the middle of the window, and what is seen while nothing is over it; a point to hover.
    begin: (at) => {
      const element = curbcutHover.elements[at];
      if (!element.isConnected) return null;
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      Object.assign(state, { element, base: texts(), popup: null, key: "" });
      return point(element);
    },
    // Whether something came into view within a time in ms; [] where nothing did, else [x, y, width, height] of it.
    opened: async (patience) => {
      const end = performance.now() + patience;
      for (;;) {
        const fresh = [...texts().keys()].filter((one) => !state.base.has(one));
        if (fresh.length) {
          await curbcutHover.drawn();
          // The outermost around the largest of them in which nothing was seen before.
          const [largest] = fresh.sort((one, other) => area(other.getBoundingClientRect()) - area(one.getBoundingClientRect()));
          const before = [...state.base.keys(), state.element];
          let popup = largest;
          while (popup.parentElement && popup.parentElement !== document.body
            && !before.some((one) => popup.parentElement.contains(one))) popup = popup.parentElement;
          if (popup.contains(state.element) || !area(popup.getBoundingClientRect())) popup = largest;
          state.popup = popup;
          const box = popup.getBoundingClientRect();
          return [box.x, box.y, box.width, box.height];
        }
        if (performance.now() > end) return [];
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    },
    // Whether what opened is seen all the time until the end of a time in ms.
    stays: async (time) => {
      const end = performance.now() + time;
      for (;;) {
        await curbcutHover.drawn();
        if (!state.popup.isConnected) return false;
        if (![...texts(state.popup).keys()].some((one) => !state.base.has(one))) return false;
        if (performance.now() > end) return true;
      }
    },
    // Whether words that were seen before lie under what opened.
    covers: () => {
      const box = state.popup.getBoundingClientRect();
      return [...state.base].some(([one, text]) => {
        if (state.element.contains(one) || state.popup.contains(one)) return false;
        const across = Math.min(text.right, box.right) - Math.max(text.left, box.left);
        const down = Math.min(text.bottom, box.bottom) - Math.max(text.top, box.top);
        if (across < 8 || down < text.height / 3) return false;
        const [x, y] = [Math.max(text.left, box.left) + across / 2, Math.max(text.top, box.top) + down / 2];
        const over = document.elementFromPoint(x, y);
        return over !== null && state.popup.contains(over) && !one.contains(over);
      });
    },
    // The way of the mouse from the nearest point of the element to what opened, and on to its words: null where the
    // two cannot be told apart.
    path: () => {
      const own = state.element.getBoundingClientRect();
      const box = state.popup.getBoundingClientRect();
      const [left, right] = [Math.max(box.left, 0) + 2, Math.min(box.right, innerWidth) - 2];
      const [top, bottom] = [Math.max(box.top, 0) + 2, Math.min(box.bottom, innerHeight) - 2];
      if (left >= right || top >= bottom) return null;
      const start = [clamp((left + right) / 2, own.left + 2, own.right - 2), clamp((top + bottom) / 2, own.top + 2, own.bottom - 2)];
      const near = [clamp(start[0], left, right), clamp(start[1], top, bottom)];
      const between = [1, 2].map((third) => [0, 1].map((axis) => start[axis] + ((near[axis] - start[axis]) * third) / 3));
      return [start, ...between, near, [(near[0] + (left + right) / 2) / 2, (near[1] + (top + bottom) / 2) / 2]];
    },
    // Whether the words that opened are seen as well when one of the controls in or around the element has the focus.
    keyboard: async (patience) => {
      const controls = "a[href],button,input,select,textarea,summary,[tabindex]";
      const inside = [state.element, ...state.element.querySelectorAll(controls)].filter((one) => one.matches(controls));
      const around = state.element.closest(controls);
      const all = [...new Set([...inside, around])].filter((one) => one && seen(one) && !state.popup.contains(one));
      for (const one of all.slice(0, 3)) {
        one.focus({ preventScroll: true, focusVisible: true });
        const end = performance.now() + patience;
        let open = await curbcutHover.stays(0);
        while (!open && performance.now() < end) open = await curbcutHover.stays(0);
        one.blur();
        if (open) return true;
      }
      return false;
    },
    // Whether there is a control beside or in it that says to open something, whose name or words are there already.
    other: () => {
      const scope = state.element.parentElement || state.element;
      const says = "[aria-expanded],[aria-haspopup],[aria-controls],summary";
      if (scope.querySelector(says) || state.element.closest(says)) return true;
      const own = (one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(" ");
      const words = (text) => (text || "").replace(/\s+/g, " ").trim().toLowerCase();
      const told = words(state.popup.textContent);
      const described = (state.element.getAttribute("aria-describedby") || "").split(/\s+/).includes(state.popup.id);
      return (described && state.popup.id !== "") || [...state.base.keys()].some((one) => words(own(one)).includes(told))
        || [state.element, ...state.element.querySelectorAll("[aria-label],[title],[alt]")].some((one) =>
          ["aria-label", "title", "alt"].some((name) => words(one.getAttribute(name)).includes(told)));
    },
    keep: () => {
      curbcutHover.found.push(state.element, state.popup);
    },
    back: () => scrollTo({ left: 0, top: 0, behavior: "instant" }),
  };
})();
