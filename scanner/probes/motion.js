// What moves, blinks or changes in one document while nobody touches it.
(() => {
  if (globalThis.curbcutMotion) return;

  const LONGEST = 5000; // ms that WCAG 2.2.2 allows
  const MOVES = new Set(["transform", "translate", "left", "right", "top", "bottom", "marginLeft", "marginTop", "textIndent",
    "offsetDistance", "backgroundPosition", "backgroundPositionX", "backgroundPositionY"]);
  const BLINKS = new Set(["opacity", "visibility", "color", "backgroundColor", "display", "filter"]);
  const STOPS = /\b(?:paus|pauz|stop|hide|halt|freeze|deten|parar|ocult|arr[eê]t|masqu|cacher|anhalt|ausblend|ferma|nascond|interromp|esconder|verberg)/i;
  const SIGNS = /[\u23f8\u23f9\u23ef]/;

  const elements = [];
  const place = (element) => {
    if (!elements.includes(element)) elements.push(element);
    return elements.indexOf(element);
  };
  const changes = new Map(); // element -> times of its changes
  const seen = (element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true })
    && element.getBoundingClientRect().width > 1;
  const shows = (element) => element.innerText?.trim() || element.querySelector("img,svg,canvas") || element.matches("img,svg,canvas");

  const note = (records) => {
    const now = performance.now();
    const touched = new Set();
    for (const record of records) {
      const element = record.type === "characterData" ? record.target.parentElement : record.target;
      if (!element || element.nodeType !== 1 || /^(?:SCRIPT|STYLE|HEAD|TITLE)$/.test(element.tagName)) continue;
      const before = record.type === "characterData" ? record.oldValue : [...record.removedNodes].map((one) => one.textContent).join("");
      const after = record.type === "characterData" ? record.target.data : [...record.addedNodes].map((one) => one.textContent).join("");
      if ((before || "").trim() !== (after || "").trim() && (after || "").trim()) touched.add(element);
    }
    for (const element of touched) changes.set(element, [...(changes.get(element) || []), now]);
  };
  const observer = new MutationObserver(note);

  const still = () => document.adoptedStyleSheets.find((sheet) => sheet.cssRules[0]?.cssText.includes("animation-iteration-count: 1 !important"));
  const let_move = async (may) => {
    const sheet = still();
    if (sheet) sheet.disabled = may;
    await new Promise((resolve) => setTimeout(resolve, 60));
  };

  const manner = (animation) => {
    const names = new Set(animation.effect.getKeyframes().flatMap((frame) => Object.keys(frame)));
    if ([...names].some((name) => MOVES.has(name))) return "moves";
    return [...names].some((name) => BLINKS.has(name)) ? "blinks" : "";
  };
  const running = () => document.getAnimations().filter((animation) => {
    const target = animation.effect?.target;
    if (!target || animation.playState !== "running" || animation.effect.pseudoElement) return false;
    return animation.effect.getComputedTiming().endTime > LONGEST && seen(target) && shows(target);
  });
  const animated = () => {
    const found = new Map();
    for (const animation of running()) {
      const how = manner(animation);
      if (how) found.set(animation.effect.target, how);
    }
    for (const element of document.querySelectorAll("marquee")) if (seen(element)) found.set(element, "moves");
    return found;
  };

  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  globalThis.curbcutMotion = {
    elements,
    since: performance.now(),
    begin: () => {
      curbcutMotion.since = performance.now();
      observer.observe(document, { subtree: true, childList: true, characterData: true, characterDataOldValue: true });
    },
    // What goes on: [[place, manner], …]; texts are watched longer only where one has changed already.
    look: async (least) => {
      // Without script no text changes.
      if (document.scripts.length) await wait(Math.max(0, least - (performance.now() - curbcutMotion.since)));
      note(observer.takeRecords());
      const suspects = changes.size > 0;
      changes.clear();
      if (suspects) {
        await wait(LONGEST + 1000);
        note(observer.takeRecords());
      }
      const found = [];
      for (const [element, times] of changes) {
        const goesOn = times.length > 1 && times[times.length - 1] - times[0] > LONGEST / 2;
        if (goesOn && element.isConnected && seen(element)) found.push([place(element), "changes"]);
      }
      await let_move(true);
      for (const [element, how] of animated()) found.push([place(element), how]);
      return found;
    },
    // The controls that may stop it by their names, and how many others there are: [places, others].
    controls: () => {
      const all = [...document.querySelectorAll("button,[role=button],[role=switch],input[type=button],input[type=checkbox],summary")]
        .filter(seen);
      const named = all.filter((one) => {
        const words = [one.innerText, one.value, one.getAttribute("aria-label"), one.title, ...[...(one.labels || [])].map((label) => label.innerText)].join(" ");
        return STOPS.test(words) || SIGNS.test(words);
      });
      return [named.slice(0, 3).map(place), all.length - named.length];
    },
    // What still goes on of the elements after a control was pressed.
    press: async (at, watched) => {
      elements[at].click();
      await wait(150);
      changes.clear();
      const texts = watched.some(([, how]) => how === "changes");
      if (texts) await wait(LONGEST);
      note(observer.takeRecords());
      const now = animated();
      return watched.filter(([one, how]) => seen(elements[one]) && (how === "changes" ? changes.has(elements[one]) : now.has(elements[one])));
    },
    end: async () => {
      observer.disconnect();
      await let_move(false);
    },
  };
})();
