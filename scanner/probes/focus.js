// Notes, in one document, which element has the focus after each key, and how it looks with and without it.
(() => {
  if (globalThis.curbcutWalk) return;

  const LOOKS = [
    "outline-style", "outline-width", "outline-color", "outline-offset", "box-shadow", "color", "background-color",
    "background-image", "background-position", "background-size", "border-top-color", "border-top-style",
    "border-top-width", "border-right-color", "border-right-style", "border-right-width", "border-bottom-color",
    "border-bottom-style", "border-bottom-width", "border-left-color", "border-left-style", "border-left-width",
    "text-decoration-line", "text-decoration-style", "text-decoration-color", "text-decoration-thickness",
    "font-weight", "font-size", "opacity", "visibility", "display", "transform", "filter", "clip", "clip-path", "fill",
    "stroke", "content", "top", "left", "width", "height",
  ];
  const elements = [];
  const places = new Map();
  const log = [];
  const focused = new Map();

  const place = (element) => {
    if (!places.has(element)) {
      places.set(element, elements.length);
      elements.push(element);
    }
    return places.get(element);
  };

  const active = () => {
    let element = document.activeElement;
    while (element && element.shadowRoot && element.shadowRoot.activeElement) {
      element = element.shadowRoot.activeElement;
    }
    return element && element !== document.body && element !== document.documentElement ? element : null;
  };

  const look = (element) => {
    const near = [
      element, element.parentElement, element.parentElement && element.parentElement.parentElement,
      element.nextElementSibling, element.previousElementSibling, element.firstElementChild, ...(element.labels || []),
    ];
    const words = [];
    for (const one of near) {
      if (!one) continue;
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(one, part);
        if (part && (style.content === "none" || style.content === "normal")) continue;
        const outlined = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
        for (const name of LOOKS) {
          words.push(name.startsWith("outline") && !outlined ? "" : style.getPropertyValue(name));
        }
      }
    }
    return words.join("|");
  };

  const box = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + scrollX, y + scrollY, width, height];
  };

  const drawn = () =>
    Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]);

  // What a style moves or fades in is looked at where it ends: its first instant still shows what was before.
  const settle = () => {
    for (const motion of document.getAnimations()) {
      if (motion instanceof CSSTransition) motion.finish();
    }
  };

  addEventListener("keyup", () => {
    const element = document.hasFocus() ? active() : null;
    settle();
    log.push([performance.timeOrigin + performance.now(), element ? place(element) : -1]);
    if (element && !focused.has(element)) focused.set(element, [look(element), box(element)]);
  }, true);

  const TYPED = /^(?:text|search|tel|url|email|password|number|date|datetime-local|month|time|week)$/;

  globalThis.curbcutWalk = {
    elements,
    // The presses since the last question: [time, place of the element or -1].
    take: () => log.splice(0),
    now: () => (document.hasFocus() && active() ? place(active()) : -1),
    // For each element: whether it looks different now that nothing has the focus, whether one types into it, its box.
    compare: () => {
      if (active()) active().blur();
      settle();
      return elements.map((element) => {
        const types = element.isContentEditable || element.tagName === "TEXTAREA"
          || (element.tagName === "INPUT" && TYPED.test(element.type));
        const [before, [x, y, width, height]] = focused.get(element) || ["", box(element)];
        // What lies left of or above the page is never seen, whatever its style.
        const beside = x + width <= 0 || y + height <= 0;
        const differs = !focused.has(element) || !element.isConnected || look(element) !== before;
        const caret = types && getComputedStyle(element).caretColor !== "rgba(0, 0, 0, 0)";
        return [differs && !beside, caret && !beside, [x, y, width, height]];
      });
    },
    focus: async (at) => {
      const element = elements[at];
      if (!element.isConnected) return false;
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      element.focus({ preventScroll: true, focusVisible: true });
      await drawn();
      return active() === element && element.matches(":focus-visible");
    },
    blur: async () => {
      if (active()) active().blur();
      await drawn();
    },
    // How much of each element lies under something that stays where it is while the page scrolls: [share, element].
    covers: () => {
      const found = [];
      const own = (element, over) => {
        const labels = [...(element.labels || [])];
        return [element, ...labels].some((one) => one.contains(over) || over.contains(one));
      };
      const fixed = (over) => {
        for (let one = over; one && one.nodeType === 1; one = one.parentElement || one.getRootNode().host) {
          if (/^(?:fixed|sticky)$/.test(getComputedStyle(one).position)) return one;
        }
        return null;
      };
      const measure = (element) => {
        element.focus();
        const box = element.getBoundingClientRect();
        const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
        const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
        if (active() !== element || right - left < 2 || bottom - top < 2) return [0, null];
        let covered = 0;
        let by = null;
        for (const across of [0.05, 0.5, 0.95]) {
          for (const down of [0.05, 0.5, 0.95]) {
            const over = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
            const stays = over && !own(element, over) ? fixed(over) : null;
            if (!stays || stays.contains(element)) continue;
            covered += 1;
            by = stays;
          }
        }
        return [covered / 9, by];
      };
      for (const order of [elements.slice(), elements.slice().reverse()]) {
        for (const element of order) {
          if (!element.isConnected) continue;
          const [share, by] = measure(element);
          if (by && share > (found[place(element)]?.[0] || 0)) found[place(element)] = [share, place(by)];
        }
      }
      scrollTo({ left: 0, top: 0, behavior: "instant" });
      return elements.map((_, at) => found[at] || [0, -1]);
    },
  };
})();
