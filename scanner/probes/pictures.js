{
  // Facts of each element, null for one that shows nothing: its source, its size, and what else decides its looks.
  facts(kinds, ...elements) {
    const limit = 200000;
    return elements.map((element, position) => {
      const style = getComputedStyle(element);
      const sides = (name) => ["Left", "Right", "Top", "Bottom"].map((side) => parseFloat(style[name + side]) || 0);
      const [left, right, top, bottom] = sides("padding");
      const kind = kinds[position];
      const whole = kind === "background";
      const width = element.clientWidth || element.getBoundingClientRect().width;
      const height = element.clientHeight || element.getBoundingClientRect().height;
      const source = {
        image: () => element.currentSrc || element.src || element.data || "",
        drawing: () => element.outerHTML,
        canvas: () => `${Math.random()}`,
        background: () => `${style.backgroundImage} ${style.backgroundPosition} ${style.backgroundSize}`,
      }[kind]();
      if (!source || source.length > limit) return null;
      return {
        source,
        looks: [style.objectFit, style.objectPosition, style.color, style.fill].join(" "),
        width: whole ? width : width - left - right,
        height: whole ? height : height - top - bottom,
      };
    });
  },

  // Shows pictures over the page, each by itself on the colour behind it: where they lie, as many as there is room for.
  async show(wanted, mark, ...elements) {
    const host = (globalThis.curbcutSheet = document.createElement("div"));
    const shadow = host.attachShadow({ mode: "closed" });
    const look =
      "all: initial; position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none;" +
      "margin: 0; padding: 0; border: 0; background: #fff; z-index: 2147483647; overflow: hidden; display: block;" +
      "visibility: visible; opacity: 1; transform: none; filter: none; clip-path: none; mix-blend-mode: normal";
    host.style.cssText = look.replace(/;|$/g, " !important;");
    host.popover = "manual";
    document.documentElement.append(host);
    host.showPopover();
    // By this spot it is known that a picture of the window shows the sheet, and not the page from before.
    const spot = document.createElement("div");
    spot.style.cssText = `position: absolute; left: 0; top: 0; width: 4px; height: 4px; background: ${mark}`;
    shadow.append(spot);
    let [x, y, row] = [8, 8, 0];
    const ready = [];
    const places = [];
    for (const [position, element] of elements.entries()) {
      const [kind, width, height] = wanted[position];
      const most = Math.min((innerWidth - 16) / width, (innerHeight - 16) / height);
      const least = Math.max(1, Math.min(2, 48 / height));
      const sharp = kind === "image" && element.naturalWidth ? element.naturalWidth / width : least;
      const scale = Math.min(most, Math.max(least, Math.min(sharp, 2, 640 / width)));
      const [wide, high] = [width * scale, height * scale];
      const copy = wide > 4 && high > 4 ? this.copy(element, kind, [width, height, scale], ready) : null;
      if (!copy) {
        places.push({ scale: 0 });
        continue;
      }
      if (x + wide > innerWidth) [x, y, row] = [8, y + row + 8, 0];
      if (y + high > innerHeight) break;
      const cell = document.createElement("div");
      cell.style.cssText = `position: absolute; overflow: hidden; left: ${x}px; top: ${y}px; width: ${wide}px;
        height: ${high}px; background: ${this.behind(element)}; color: ${getComputedStyle(element).color}`;
      cell.append(copy);
      shadow.append(cell);
      places.push({ x, y, width: wide, height: high, scale });
      [x, row] = [x + wide + 8, Math.max(row, high)];
    }
    const drawn = Promise.all(ready).then(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, 1000))]);
    return places;
  },

  clear() {
    globalThis.curbcutSheet?.remove();
    delete globalThis.curbcutSheet;
  },

  // The nearest colour behind an element.
  behind(element) {
    for (let one = element; one; one = one.parentElement ?? one.getRootNode().host) {
      const fill = getComputedStyle(one).backgroundColor;
      if (!/^rgba\(.*, 0(\.\d+)?\)$/.test(fill)) return fill;
    }
    return "#fff";
  },

  copy(element, kind, [width, height, scale], ready) {
    const style = getComputedStyle(element);
    const fit = `display: block; width: ${width}px; height: ${height}px; transform-origin: 0 0;
      transform: scale(${scale}); margin: 0; `;
    if (kind === "image") {
      if (element.tagName === "IMG" && !(element.complete && element.naturalWidth)) return null;
      const image = new Image();
      if (element.crossOrigin !== null && element.crossOrigin !== undefined) image.crossOrigin = element.crossOrigin;
      image.referrerPolicy = element.referrerPolicy || "";
      image.style.cssText =
        `display: block; width: ${width * scale}px; height: ${height * scale}px; margin: 0;` +
        `object-fit: ${style.objectFit}; object-position: ${style.objectPosition}`;
      image.src = element.currentSrc || element.src || element.data;
      ready.push(image.decode().catch(() => {}));
      return image;
    }
    if (kind === "canvas") {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [element.width, element.height];
      canvas.style.cssText = fit;
      try {
        canvas.getContext("2d").drawImage(element, 0, 0);
      } catch {
        return null;
      }
      return canvas;
    }
    if (kind === "background") {
      const copy = document.createElement("div");
      copy.style.cssText = fit;
      for (const name of ["Image", "Position", "Size", "Repeat", "Origin"]) {
        copy.style[`background${name}`] = style[`background${name}`];
      }
      return copy;
    }
    return this.drawing(element, fit);
  },

  // A drawing with the looks that the page's styles give its shapes; scripts and other files are left out.
  drawing(element, fit) {
    const limit = 400;
    const looks = ["fill", "fillOpacity", "stroke", "strokeWidth", "strokeOpacity", "opacity", "color", "font"];
    looks.push("textAnchor", "dominantBaseline", "letterSpacing", "visibility");
    const originals = [element, ...element.querySelectorAll("*")];
    if (originals.length > limit) return null;
    const copy = element.cloneNode(true);
    const copies = [copy, ...copy.querySelectorAll("*")];
    originals.forEach((original, position) => {
      const style = getComputedStyle(original);
      const one = copies[position];
      for (const attribute of [...one.attributes]) {
        if (/^on|^style$|^class$/i.test(attribute.name)) one.removeAttribute(attribute.name);
      }
      for (const name of looks) one.style[name] = style[name];
      if (style.display === "none") one.style.display = "none";
    });
    for (const text of copy.querySelectorAll("foreignObject, script, style, image, animate, set")) text.remove();
    copy.style.cssText += fit;
    return copy;
  },
}
