// The colours of a document in the presentation that is asked for, and the controls whose sign is drawn by a style.
(() => {
  if (globalThis.curbcutVariants) return;

  const MOST = 4000;
  const MOST_ICONS = 4;
  const PICTURES = "img,svg,canvas,video,iframe,object,input,select,textarea";

  const bare = (element) => {
    const style = getComputedStyle(element);
    return style.backgroundImage === "none" && style.backgroundColor === "rgba(0, 0, 0, 0)";
  };

  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  // Whether letters can be seen in it: what only screen readers get lies in a box of a pixel, or is clipped away.
  const hasText = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || !seen(node.parentElement)) continue;
      let hidden = false;
      for (let one = node.parentElement; one && one !== element.parentElement; one = one.parentElement) {
        const style = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        hidden ||= style.clip !== "auto" || style.clipPath !== "none" || parseInt(style.textIndent) < -99
          || parseFloat(style.fontSize) < 2 || (style.overflowX !== "visible" && (box.width <= 2 || box.height <= 2));
      }
      if (!hidden) return true;
    }
    return false;
  };

  const draws = (style) => style.content !== "none"
    && (style.maskImage !== "none" || style.backgroundImage !== "none");

  const isDrawn = (control) => [control, ...control.querySelectorAll("*")].some((one) =>
    ["", "::before", "::after"].some((part) => draws(getComputedStyle(one, part || undefined))));

  const says = (style) => style.content !== "none" && style.content !== "normal" && /[^"\s]/.test(style.content);
  const hasWords = (control) => [control, ...control.querySelectorAll("*")].some((one) =>
    ["::before", "::after"].some((part) => says(getComputedStyle(one, part))));

  const kind = (one) => `${one.tagName} ${one.className} ${one.parentElement.className} ${one.childElementCount}`;

  globalThis.curbcutVariants = {
    icons: [],
    drawn: () => Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]),
    // What a script writes when it switches the scheme itself.
    marks: () => [document.documentElement, document.body].flatMap((one) =>
      [...one.attributes].map((attribute) => `${attribute.name}=${attribute.value}`)).join("\n"),
    // One number for all the colours of the document.
    colours: () => {
      let sum = 7;
      let left = MOST;
      for (const element of document.querySelectorAll("html,body,body *")) {
        if (!(left -= 1)) break;
        const style = getComputedStyle(element);
        for (const letter of `${style.color}${style.backgroundColor}`) sum = (sum * 31 + letter.charCodeAt(0)) | 0;
      }
      return sum;
    },
    // Where no style paints the canvas, the scheme does: said in a style, so that it can be read like all others.
    paint: () => {
      if (!bare(document.documentElement) || !bare(document.body)) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":where(html) { background-color: Canvas }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      curbcutVariants.sheet = sheet;
    },
    end: () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== curbcutVariants.sheet);
    },
    // One of each kind of control that has no text and no picture, and a sign that a style draws.
    find: () => {
      const kinds = new Map();
      for (const control of document.querySelectorAll("a[href],button,[role=button],[role=link]")) {
        if (kinds.size >= MOST_ICONS) break;
        const box = control.getBoundingClientRect();
        if (box.width < 8 || box.height < 8 || box.width > 300 || box.height > 200 || !seen(control)) continue;
        if (kinds.has(kind(control)) || control.querySelector(PICTURES) || hasText(control)) continue;
        if (isDrawn(control) && !hasWords(control)) kinds.set(kind(control), control);
      }
      curbcutVariants.icons = [...kinds.values()];
      if (kinds.size && document.activeElement) document.activeElement.blur(); // the ring of the focus is no sign
      return curbcutVariants.icons.length;
    },
    // Its box inside of the borders, in the window, after it was brought to the middle.
    show: (at) => {
      const control = curbcutVariants.icons[at];
      control.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const box = control.getBoundingClientRect();
      const style = getComputedStyle(control);
      const [left, top] = [box.left + parseFloat(style.borderLeftWidth) + 1, box.top + parseFloat(style.borderTopWidth) + 1];
      const right = box.right - parseFloat(style.borderRightWidth) - 1;
      const bottom = box.bottom - parseFloat(style.borderBottomWidth) - 1;
      const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return control.contains(middle) ? [left, top, right, bottom].map(Math.round) : null;
    },
    back: () => scrollTo({ left: 0, top: 0, behavior: "instant" }),
  };
})();
