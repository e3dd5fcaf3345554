// Watches one form at a time, in a world of its own: whether it is held back when it is to be sent, and what appears.
(() => {
  if (globalThis.curbcutForms) return;

  const MOST_TEXTS = 8000;
  const MOST_PARTS = 400;
  const LIVE = "[role=alert],[role=status],[role=log],[role=alertdialog],[aria-live=polite],[aria-live=assertive],output";
  const UNSAID = "script,style,template,noscript,option,title,textarea";
  const SAYS_WRONG = /(?:^|[-_\s])(?:error|errors|err|invalid|wrong|danger|fehler|erreur|errore|fout)(?:$|[-_\s])/i;
  const NOT_FILLED = new Set(["hidden", "submit", "button", "reset", "image", "file"]);
  const PROMPTS = ["placeholder", "title", "aria-label", "aria-description"];
  const SEEN = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false };

  const fields = [];
  const kept = new Map();
  let form = null;
  let button = null;
  let before = null;
  let held = null;
  let native = false;
  let stirs = 0;

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const active = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  };

  const large = (element) => {
    const box = element.getBoundingClientRect();
    return box.width >= 2 && box.height >= 2;
  };

  const seen = (element) => element.isConnected && element.checkVisibility(SEEN) && large(element);

  const usable = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true });

  // The page's own listeners decide first; what is still on its way after them goes no further.
  addEventListener("submit", (event) => {
    if (event.target !== form) return;
    held = null;
    setTimeout(() => { held ??= event.defaultPrevented; });
  }, true);
  addEventListener("submit", (event) => {
    if (event.target === form) held = event.defaultPrevented;
    event.preventDefault();
  });
  addEventListener("invalid", (event) => {
    if (event.target.form === form) setTimeout(() => { native ||= !event.defaultPrevented; });
  }, true);
  const observer = new MutationObserver((records) => { stirs += records.length; });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  const settle = () => {
    for (const motion of document.getAnimations()) if (motion instanceof CSSTransition) motion.finish();
  };

  const texts = () => {
    const found = new Map();
    const roots = [document.body];
    while (roots.length && found.size < MOST_TEXTS) {
      const walker = document.createTreeWalker(roots.pop(), NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node && found.size < MOST_TEXTS; node = walker.nextNode()) {
        if (node.nodeType === 1) {
          if (node.shadowRoot) roots.push(node.shadowRoot);
          continue;
        }
        const around = node.parentElement;
        if (!node.data.trim() || !around || around.closest(UNSAID) || !around.checkVisibility(SEEN)) continue;
        found.set(node, node.data.trim());
      }
    }
    return found;
  };

  const parts = (field) => {
    const around = field.parentElement;
    const alone = around && around !== form && around.querySelectorAll("input,select,textarea").length === 1;
    return [field, ...(field.labels || []), ...(alone ? [around] : [])];
  };

  const colours = (field) => parts(field).flatMap((part) => {
    const style = getComputedStyle(part);
    const edges = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) > 0)
      .map((side) => style[`border${side}Color`]);
    const outline = style.outlineStyle === "none" ? [] : [style.outlineColor];
    return [...edges, ...outline, style.backgroundColor, style.color, style.boxShadow];
  });

  const classes = (field) => parts(field).map((part) => part.getAttribute("class") || "").join(" ");

  const look = (field) => ({
    colours: new Set(colours(field)), wrong: field.getAttribute("aria-invalid"), classes: classes(field),
    prompts: PROMPTS.map((name) => field.getAttribute(name)).join("|"),
  });

  const isRed = (colour) => [...colour.matchAll(/rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)/g)].some(
    ([, red, green, blue, alpha]) => red > 120 && red - Math.max(green, blue) > 60 && alpha !== "0");

  const isMarked = (field, was) => {
    const now = look(field);
    if (field.disabled || !field.isConnected) return false;
    if (now.wrong === "true" && was.wrong !== "true") return true;
    const fresh = [...now.colours].filter((colour) => !was.colours.has(colour));
    return fresh.some(isRed) || (fresh.length > 0 && SAYS_WRONG.test(now.classes) && !SAYS_WRONG.test(was.classes));
  };

  // Everything that may say something and is no text: pictures, and what style sheets write.
  const signs = () => {
    const pictures = [...document.querySelectorAll("img,svg,canvas,iframe")].filter(seen).length;
    const written = [form, ...form.querySelectorAll("*")].slice(0, MOST_PARTS).map((part) => {
      const images = getComputedStyle(part).backgroundImage;
      return ["::before", "::after"].map((one) => getComputedStyle(part, one).content).join() + images;
    });
    return [pictures, document.title, ...written].join("|");
  };

  const live = () => [...document.querySelectorAll(LIVE)].map((region) => region.textContent.trim()).join("|");

  const container = (node) => {
    let element = node.parentElement;
    while (element.parentElement && getComputedStyle(element).display.startsWith("inline")) element = element.parentElement;
    return element;
  };

  const single = (inside) => {
    const names = new Set(inside.map((field) => (field.type === "radio" ? field.name : field)));
    return names.size === 1;
  };

  // The field beside which a text stands: the first box around it that holds fields holds this one alone.
  const fieldOf = (place) => {
    for (let around = place, step = 0; around && around !== document.body && step < 5; around = around.parentElement, step += 1) {
      const inside = fields.filter((field) => around.contains(field));
      if (inside.length) return single(inside) && usable(inside[0]) ? fields.indexOf(inside[0]) : nextTo(place, inside);
    }
    return -1;
  };

  // In a row of fields, a message directly behind one is about it.
  const nextTo = (place, inside) => {
    let sibling = place.previousElementSibling;
    while (sibling && sibling.matches("br")) sibling = sibling.previousElementSibling;
    return sibling && inside.includes(sibling) ? fields.indexOf(sibling) : -1;
  };

  const named = (element, attribute, reflected) => [
    ...(element.getAttribute(attribute) || "").split(/\s+/).filter(Boolean)
      .map((id) => element.getRootNode().getElementById?.(id)),
    ...(element[reflected] || []),
  ].filter(Boolean);

  const tiedTo = (element) => [
    ...named(element, "aria-describedby", "ariaDescribedByElements"),
    ...named(element, "aria-errormessage", "ariaErrorMessageElements"),
    ...named(element, "aria-labelledby", "ariaLabelledByElements"),
    ...(element.labels || []),
  ];

  const isTied = (field, node) => {
    const group = field.closest("fieldset,[role=group],[role=radiogroup]");
    const same = field.type === "radio" ? fields.filter((one) => one.name === field.name) : [field];
    const tied = [...same.flatMap(tiedTo), ...(group ? [...tiedTo(group), group.querySelector("legend")] : [])];
    return tied.some((one) => one && one.contains(node));
  };

  const gathered = () => {
    const now = texts();
    const places = new Map();
    for (const [node, text] of now) {
      if (before.texts.get(node) === text || button.contains(node)) continue;
      const place = container(node);
      if (!places.has(place)) places.set(place, []);
      places.get(place).push(node);
    }
    return places;
  };

  const messages = (places, told) => [...places].map(([place, nodes]) => {
    const at = fieldOf(place);
    const text = nodes.map((node) => node.data.trim()).join(" ").replace(/\s+/g, " ").slice(0, 200);
    const around = place.closest(LIVE) || tiedTo(button).some((one) => one.contains(nodes[0]));
    return [text, at, at >= 0 && isTied(fields[at], nodes[0]), told || Boolean(around),
      nodes.some((node) => seen(node.parentElement))];
  });

  const type = (field, text) => {
    field.focus({ preventScroll: true });
    document.execCommand("insertText", false, text);
    field.blur();
  };

  const keep = (field) => {
    if (!kept.has(field)) kept.set(field, [field.value, field.checked]);
  };

  const right = (field) => {
    keep(field);
    if (field.type === "checkbox" || field.type === "radio") return field.click();
    if (field.tagName === "SELECT") {
      const at = [...field.options].findIndex((one) => one.value && !one.disabled);
      if (at < 0) return undefined;
      field.selectedIndex = at;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return undefined;
    }
    const values = { email: "name@example.org", url: "https://example.org", tel: "5550100", number: field.min || "1" };
    if (field.type === "password") return undefined;
    return type(field, values[field.type] || "Test".padEnd(Math.max(4, field.minLength), "t"));
  };

  globalThis.curbcutForms = {
    fields,
    buttons: [],
    // Takes a form over; whether there is a button to press.
    take: (element) => {
      form = element;
      const all = [...form.elements];
      fields.splice(0, fields.length, ...all.filter((one) => one.matches("input,select,textarea") && !NOT_FILLED.has(one.type) && usable(one)));
      button = all.find((one) => ["submit", "image"].includes(one.type) && usable(one) && large(one)) || null;
      curbcutForms.buttons = button ? [button] : [];
      return Boolean(button) && fields.length > 0;
    },
    // Puts the focus on the button and notes how everything looks.
    begin: async () => {
      button.focus({ preventScroll: true });
      await pause(10);
      settle();
      before = { texts: texts(), looks: fields.map(look), signs: signs(), live: live() };
      held = null;
      native = false;
      stirs = 0;
      return active() === button;
    },
    // What happened since: [held back, said by the browser, messages, places of marked fields, other signs, focus moved].
    outcome: async () => {
      await pause(40);
      const end = performance.now() + 600;
      for (let count = -1; count !== stirs && performance.now() < end;) {
        count = stirs;
        await pause(60);
      }
      settle();
      const moved = active() !== button;
      if (moved && active()?.form === form) active().blur();
      await pause(10);
      settle();
      const marks = () => fields.map((field, at) => (isMarked(field, before.looks[at]) ? at : -1)).filter((at) => at >= 0);
      let places = gathered();
      if (!places.size && marks().length) {
        await pause(400);
        places = gathered();
      }
      const prompted = fields.some((field, at) => look(field).prompts !== before.looks[at].prompts);
      return [held, native, messages(places, live() !== before.live), marks(), prompted || signs() !== before.signs, moved];
    },
    // Fills what the browser itself holds back; whether it lets the form go now.
    complete: () => {
      for (const field of form.querySelectorAll(":invalid")) if (fields.includes(field) && !field.validity.valid) right(field);
      return form.checkValidity();
    },
    // Types what is certainly wrong into fields that are empty; whether there was one.
    spoil: () => {
      const wanted = fields.filter((field) => !field.value && !field.readOnly
        && (["email", "tel", "url"].includes(field.type) || /numeric|decimal|email|tel/.test(field.inputMode)));
      for (const field of wanted) {
        keep(field);
        type(field, "abc");
      }
      return wanted.length > 0;
    },
    // Puts back what was in the fields.
    leave: () => {
      for (const [field, [value, checked]] of kept) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
        else field.value = value;
      }
      kept.clear();
      active()?.blur();
    },
    // Gives a control the focus; whether it has it.
    reach: async (element) => {
      element.focus({ preventScroll: true });
      await pause(10);
      if (active() !== element) return false;
      const group = element.type === "radio" ? element.getRootNode().querySelectorAll("input[type=radio]") : [element];
      group.forEach(keep);
      return true;
    },
    // Whether another choice is made in a control, and whether the focus is elsewhere a moment after.
    choice: async (element) => {
      await pause(80);
      const [value, checked] = kept.get(element);
      const now = active();
      const changed = element.value !== value || element.checked !== checked;
      const isGroup = now?.type === "radio" && now.name === element.name;
      return [changed, changed && now !== element && !isGroup && Boolean(now) && now !== document.body];
    },
  };
})();
