// Watches, in one document, what a key or a click does: what shows, hides, opens, and where the focus goes.
(() => {
  if (globalThis.curbcutWidgets) return;

  const MOST_ELEMENTS = 8000;
  const FOCUSABLE = "a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]";
  const DIALOG = "dialog,[role=dialog],[role=alertdialog],[aria-modal=true]";
  const STATES = ["aria-expanded", "aria-pressed", "aria-selected", "aria-checked", "open", "value"];
  const SEEN = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false };
  const CLOSES = /^\W*(?:close|cancel|dismiss|schlie(?:ß|ss)en|abbrechen|fermer|annuler|cerrar|cancelar|chiudi|annulla|x|×|✕|✖)(?:\W|$)/i;

  const targets = [];
  const elements = [];
  const places = new Map();
  const restless = new Set();
  let records = [];
  let clicked = false;
  let taker = null;
  let steps = [];
  let before = null;
  let dialog = null;
  let layer = null;
  let inside = null;

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const place = (element) => {
    if (!places.has(element)) {
      places.set(element, elements.length);
      elements.push(element);
    }
    return places.get(element);
  };

  const active = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element && element !== document.body && element !== document.documentElement ? element : null;
  };

  const seen = (element) => {
    if (!element.isConnected || !element.checkVisibility(SEEN)) return false;
    const box = element.getBoundingClientRect();
    return box.width >= 2 && box.height >= 2 && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };

  const visible = () => {
    const found = new Set();
    const all = document.body.getElementsByTagName("*");
    for (let at = 0; at < all.length && at < MOST_ELEMENTS; at += 1) if (seen(all[at])) found.add(all[at]);
    return found;
  };

  const states = (element) => STATES.map((name) => element.getAttribute(name)).join("|");

  const settle = () => {
    for (const motion of document.getAnimations()) if (motion instanceof CSSTransition) motion.finish();
  };

  const observer = new MutationObserver((list) => records.push(...list));
  observer.observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true, attributeOldValue: true,
  });
  addEventListener("click", () => { clicked = true; }, true);
  addEventListener("focus", (event) => { taker = event.composedPath()[0]; }, true);
  addEventListener("keyup", () => { steps.push(document.hasFocus() ? active() : null); }, true);

  // With motion held to a millisecond, what has just been shown is still hidden when a script gives it the focus.
  const held = document.adoptedStyleSheets.filter((sheet) =>
    sheet.cssRules.length === 1 && sheet.cssRules[0].cssText.includes("transition-duration: 1ms !important"));
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !held.includes(sheet));

  const isRestless = (node) => [...restless].some((one) => one.contains(node));

  // What a script changes on the whole page, and what it sets to the same again, is no answer.
  const stirred = () => {
    records.push(...observer.takeRecords());
    return records.filter(({ target, type, attributeName, oldValue }) =>
      target !== document.body && target !== document.documentElement && !document.head.contains(target)
      && !(type === "attributes" && target.getAttribute(attributeName) === oldValue) && !isRestless(target));
  };

  const tops = (list) => {
    const all = new Set(list);
    return list.filter((element) => !all.has(element.parentElement));
  };

  // What changed since `watch` for who looks at the page, the control's own looks left out.
  const difference = (control) => {
    settle();
    const now = visible();
    const foreign = (element) => !control.contains(element) && !isRestless(element);
    const shown = tops([...now].filter((element) => !before.seen.has(element) && foreign(element)));
    const hidden = tops([...before.seen].filter((element) => !now.has(element) && foreign(element)));
    const texts = stirred().some(({ type, target }) =>
      type !== "attributes" && foreign(target) && seen(target.nodeType === 1 ? target : target.parentElement || control));
    const state = states(control) !== before.states;
    const gone = !seen(control);
    const moved = active() !== before.active;
    return { shown, hidden, state, gone, moved, any: shown.length > 0 || hidden.length > 0 || texts || state || gone };
  };

  const covers = (element) => {
    const box = element.getBoundingClientRect();
    const wide = Math.min(innerWidth, box.right) - Math.max(0, box.left);
    const high = Math.min(innerHeight, box.bottom) - Math.max(0, box.top);
    return wide >= innerWidth * 0.9 && high >= innerHeight * 0.9;
  };

  const isOver = (element) => getComputedStyle(element).position === "fixed" && covers(element);

  const opened = (shown) => {
    for (const top of shown) {
      const named = [top, ...top.querySelectorAll(DIALOG)].filter((one) => one.matches(DIALOG) && seen(one));
      if (named.length) return named[0];
      if (isOver(top) && [...top.querySelectorAll(FOCUSABLE)].some(seen)) return top;
    }
    return null;
  };

  const isModal = (one, shown) => one.matches(":modal,[aria-modal=true]") || shown.some(isOver);

  const behind = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const over = document.elementFromPoint(x + width / 2, y + height / 2);
    return over !== null && layer.contains(over);
  };

  const usable = (element) => element.tabIndex >= 0 && seen(element) && !element.matches(":disabled,[inert] *");

  const region = (control) => {
    const named = (control.getAttribute("aria-controls") || "").split(/\s+/).filter(Boolean);
    const one = named.length === 1 ? document.getElementById(named[0]) : null;
    return one && !one.contains(control) && !control.contains(one) ? one : null;
  };

  const focus = async (element) => {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    element.focus({ preventScroll: true, focusVisible: true });
    await pause(15);
    return active() === element;
  };

  const until = async (ms, true_) => {
    const end = performance.now() + ms;
    for (;;) {
      settle();
      if (true_()) return true;
      if (performance.now() >= end) return false;
      await pause(15);
    }
  };

  const watch = (control) => {
    settle();
    observer.takeRecords();
    records = [];
    clicked = false;
    const part = region(control);
    before = {
      seen: visible(), states: states(control), active: active(), address: location.href,
      expanded: control.getAttribute("aria-expanded"), region: part ? seen(part) : null,
    };
  };

  globalThis.curbcutWidgets = {
    elements,
    add: (element) => targets.push(element),
    rest: async (ms) => {
      records = [];
      await pause(ms);
      records.push(...observer.takeRecords());
      for (const { target } of records) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        if (element && element !== document.body && element !== document.documentElement) restless.add(element);
      }
    },
    // Elements that take the focus and lose it at once: [place, place of what has it then or -1], and all that were tried.
    sweep: async (most) => {
      const tried = [...document.querySelectorAll(FOCUSABLE)].filter(usable).slice(0, most);
      const doubtful = tried.filter((element) => {
        taker = null;
        element.focus({ preventScroll: true });
        return (taker === element && active() !== element) || element.hasAttribute("onfocus");
      });
      const moved = [];
      for (const element of doubtful.slice(0, 12)) {
        document.activeElement?.blur();
        await pause(10);
        taker = null;
        let took = false;
        const note = (event) => { took ||= event.target === element; };
        addEventListener("focus", note, true);
        element.focus({ preventScroll: true });
        await pause(50);
        removeEventListener("focus", note, true);
        const to = active();
        if (took && to !== element && seen(element)) moved.push([place(element), to ? place(to) : -1]);
      }
      document.activeElement?.blur();
      scrollTo({ left: 0, top: 0, behavior: "instant" });
      return [tried.map(place), moved];
    },
    // Whether the control has the focus and is watched from now on.
    begin: async (at) => {
      const control = targets[at];
      if (!usable(control) || !(await focus(control))) return false;
      await pause(10);
      watch(control);
      return true;
    },
    click: (at) => {
      watch(targets[at]);
      targets[at].click();
    },
    // What happened since: [answered, changed for the eye, dialog's place or -1, modal, gone].
    outcome: async (at, ms) => {
      const control = targets[at];
      const popovers = document.querySelectorAll(":popover-open").length;
      const stirs = () => stirred().length > 0 || location.href !== before.address || active() !== before.active
        || document.querySelectorAll(":popover-open").length !== popovers;
      await until(ms, stirs);
      if (!stirs()) return [clicked, false, -1, false, false];
      for (let count = -1, tries = 0; tries < 8 && count !== records.length; tries += 1) {
        count = records.length;
        await pause(25);
        records.push(...observer.takeRecords());
      }
      const found = difference(control);
      dialog = opened(found.shown);
      layer = found.shown.find((top) => top.contains(dialog)) || dialog;
      return [true, found.any || found.moved, dialog ? place(dialog) : -1,
        dialog !== null && isModal(dialog, found.shown), found.gone];
    },
    // How aria-expanded goes with its region, one press after `begin`: [before, after, region before, region after].
    expanded: async (at) => {
      const control = targets[at];
      const part = region(control);
      if (!part || before.expanded === null) return null;
      const now = () => control.getAttribute("aria-expanded");
      await until(200, () => now() !== before.expanded && seen(part) !== before.region);
      return [before.expanded, now(), before.region, seen(part)];
    },
    // Whether the focus goes into the dialog in time.
    entered: (ms) => until(ms, () => dialog.contains(active()) || (active() && !seen(active()))
      || (active() && active() !== before.active && active().contains(dialog))),
    holds: () => dialog.contains(active()),
    stops: () => [...dialog.querySelectorAll(FOCUSABLE)].filter(usable).length,
    forget: () => { steps = []; inside = active(); },
    // The control behind the dialog to which Tab came since `forget`, -1 for none.
    leak: () => {
      const out = steps.find((one) => one && one.isConnected && !dialog.contains(one) && !one.contains(dialog)
        && one.matches("a[href],button,input,select,textarea") && before.seen.has(one) && behind(one));
      if (inside?.isConnected) inside.focus({ preventScroll: true });
      return out ? place(out) : -1;
    },
    // Whether the dialog went away in time, and where the focus is then.
    closed: async (at, ms) => {
      if (!(await until(ms, () => !seen(dialog)))) return null;
      const control = targets[at];
      const near = () => active() === control || (active() && (control.contains(active()) || active().contains(control)));
      if (!seen(control)) return "unknown";
      await until(300, near);
      return near() ? "opener" : active() ? "elsewhere" : "lost";
    },
    // Puts the focus on a button of the dialog that says that it closes it.
    closer: async () => {
      for (const one of dialog.querySelectorAll("button,[role=button],a[href^='#'],input[type=button]")) {
        const names = [one.getAttribute("aria-label"), one.innerText, one.title, one.value];
        if (!usable(one) || !names.some((name) => name && CLOSES.test(name.trim()))) continue;
        if (await focus(one)) return true;
      }
      return false;
    },
    putIn: async () => {
      const first = [...dialog.querySelectorAll(FOCUSABLE)].find(usable);
      return first ? focus(first) : false;
    },
    // Puts the focus on the selected tab of a list, and says how many of its tabs are seen and are stops of Tab.
    tabs: async (at) => {
      const list = targets[at].closest("[role=tablist]");
      const all = list ? [...list.querySelectorAll("[role=tab]")].filter((one) => seen(one) && !one.matches(":disabled")) : [];
      const start = all.find((one) => one.getAttribute("aria-selected") === "true") || all[0];
      if (all.length < 2 || start.tabIndex < 0 || !(await focus(start))) return null;
      inside = start;
      return [place(start), all.filter((one) => one.tabIndex >= 0).length, list.getAttribute("aria-orientation") || ""];
    },
    // Whether the focus came to another tab of the same list in time.
    turned: (at, ms) => until(ms, () => {
      const list = targets[at].closest("[role=tablist]");
      return active() !== inside && active()?.getAttribute("role") === "tab" && list?.contains(active());
    }),
    back: async () => {
      await focus(inside);
      return inside.getAttribute("aria-selected") !== "true";
    },
    end: () => {
      observer.disconnect();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...held];
      document.activeElement?.blur();
      scrollTo({ left: 0, top: 0, behavior: "instant" });
    },
  };
})();
