function (...fields) {
  const clear = (colour) => /^rgba\(.*, 0\)$/.test(colour) || colour === "transparent";
  const opaque = (colour) => /^rgb\(/.test(colour);
  const sides = ["Top", "Right", "Bottom", "Left"];
  const shadows = /(?:rgba?|color|oklch|oklab|lab|lch)\([^()]*\)/g;

  // The colours of the lines that an element draws.
  const lines = (style) => {
    const found = [];
    for (const side of sides) {
      const drawn = parseFloat(style[`border${side}Width`]) > 0 && !/none|hidden/.test(style[`border${side}Style`]);
      if (drawn) found.push(style[`border${side}Color`]);
    }
    if (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none") found.push(style.outlineColor);
    return found.concat(style.boxShadow.match(shadows) ?? []).filter((colour) => !clear(colour));
  };

  // The nearest colour from an element outwards, empty where a picture or something half transparent comes first.
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement ?? one.getRootNode().host) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none" || style.opacity !== "1") return "";
      if (opaque(style.backgroundColor)) return style.backgroundColor;
      if (!clear(style.backgroundColor)) return "";
    }
    return "rgb(255, 255, 255)";
  };

  return fields.map((field) => {
    const style = getComputedStyle(field);
    const own = field.getBoundingClientRect();
    let around = field;
    for (let above = field.parentElement; above; above = above.parentElement) {
      const box = above.getBoundingClientRect();
      if (box.height > own.height + 24 || box.width > 2 * own.width + 60) break;
      around = above;
    }
    const near = [around, ...[...around.querySelectorAll("*")].slice(0, 40)];
    const drawn = near.flatMap((one) =>
      [null, "::before", "::after"].flatMap((part) => {
        const look = getComputedStyle(one, part);
        return part && look.content === "none" ? [] : lines(look);
      }),
    );
    const fills = near.map((one) => getComputedStyle(one).backgroundColor).filter((colour) => !clear(colour));
    const pictured = near.some((one) => getComputedStyle(one).backgroundImage !== "none");
    const hint = getComputedStyle(field, "::placeholder");
    const shows = Boolean(field.placeholder?.trim()) && field.value === "";
    const unstyled = style.borderTopStyle === "inset" || field.tagName === "SELECT";
    const icon = near.some((one) => /^(img|svg|i)$/i.test(one.tagName));
    return {
      marked: shows || field.value !== "" || icon,
      edges: [...new Set([...drawn, ...fills])],
      inside: ground(field),
      outside: around.parentElement && !pictured ? ground(around.parentElement) : "",
      native: style.appearance !== "none" && unstyled && style.borderTopColor === "rgb(118, 118, 118)",
      hint: shows && hint.visibility === "visible" ? hint.webkitTextFillColor || hint.color : "",
      faint: parseFloat(hint.opacity) * parseFloat(style.opacity),
    };
  });
}
