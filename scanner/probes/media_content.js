// What a medium's file holds: how loud it is over time, what its pictures show, what its text tracks say.
// Works on a copy of the element that is never part of the page. Called on the element itself.
async function (limits) {
  const source = this.currentSrc;
  const found = { sound: "unknown", loudness: [], crossings: [], pictures: [], changes: [], tracks: [] };
  const end = performance.now() + limits.seconds * 1000;

  const within = (promise, otherwise) => {
    const rest = new Promise((resolve) => setTimeout(() => resolve(otherwise), Math.max(0, end - performance.now())));
    return Promise.race([promise, rest]);
  };
  const event = (target, ...names) =>
    within(new Promise((resolve) => names.forEach((name) => target.addEventListener(name, resolve))), null);

  const read = async () => {
    const stop = new AbortController();
    const answer = await within(
      fetch(source, { headers: { Range: `bytes=0-${limits.bytes}` }, signal: stop.signal, credentials: "same-origin" }),
      null,
    );
    const parts = [];
    let size = 0;
    if (!answer || !answer.ok || !answer.body) return stop.abort();
    for (const reader = answer.body.getReader(); ; ) {
      const step = await within(reader.read(), null);
      if (!step) return stop.abort();
      if (step.done) break;
      size += step.value.length;
      if (size > limits.bytes) return stop.abort();
      parts.push(step.value);
    }
    return new Blob(parts, { type: answer.headers.get("content-type") || "" });
  };

  const listen = async (file) => {
    const ear = new OfflineAudioContext(1, 1, limits.rate);
    const sound = await within(ear.decodeAudioData(await file.arrayBuffer()), null);
    if (!sound) return;
    const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
    const step = limits.rate / limits.readings;
    for (let start = 0; start + step <= sound.length; start += step) {
      let power = 0, crossings = 0, before = 0;
      for (let at = start; at < start + step; at++) {
        let value = 0;
        for (const channel of channels) value += channel[at];
        value /= channels.length;
        power += value * value;
        if (value * before < 0) crossings++;
        if (value) before = value;
      }
      found.loudness.push(Math.round(10 * Math.log10(power / step + 1e-10)));
      found.crossings.push(crossings);
    }
    found.sound = found.loudness.some((loudness) => loudness > limits.silence) ? "heard" : "silent";
  };

  const look = async (film) => {
    const sheet = new OffscreenCanvas(1, 1);
    const small = new OffscreenCanvas(48, 27).getContext("2d", { willReadFrequently: true });
    const scale = Math.min(1, limits.width / film.videoWidth);
    [sheet.width, sheet.height] = [film.videoWidth * scale, film.videoHeight * scale];
    let before = null;
    for (let part = 0; part < limits.pictures; part++) {
      film.currentTime = moment(film.duration, part);
      if (!(await event(film, "seeked"))) return;
      small.drawImage(film, 0, 0, 48, 27);
      const now = small.getImageData(0, 0, 48, 27).data;
      if (before) found.changes.push(Math.round(now.reduce((sum, value, at) => sum + Math.abs(value - before[at]), 0) / 3888));
      before = now;
      sheet.getContext("2d").drawImage(film, 0, 0, sheet.width, sheet.height);
      const picture = await sheet.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      const bytes = new Uint8Array(await picture.arrayBuffer());
      let letters = "";
      for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
      found.pictures.push(btoa(letters));
    }
  };

  // Captions that belong to the picture are drawn while somebody speaks: look where each part is loudest.
  const moment = (duration, part) => {
    const length = found.loudness.length;
    const [from, to] = [part, part + 1].map((one) => Math.floor((length * one) / limits.pictures));
    let loudest = from;
    for (let at = from; at < to; at++) if (found.loudness[at] > found.loudness[loudest]) loudest = at;
    const share = length ? (loudest + 0.5) / length : (part + 0.5) / limits.pictures;
    return Math.min(duration - 0.05, duration * share);
  };

  const text = async (track) => {
    const element = [...this.querySelectorAll("track")].find((one) => one.track === track);
    let cues = track.cues, state = cues && cues.length ? "loaded" : "";
    if (element && element.src && !(cues && cues.length)) {
      const copy = document.createElement("track");
      const holder = document.createElement(this.localName);
      holder.crossOrigin = this.crossOrigin;
      copy.src = element.src;
      holder.append(copy);
      copy.track.mode = "hidden";
      const event_ = await event(copy, "load", "error");
      state = event_ ? (event_.type === "load" ? "loaded" : "failed") : "";
      cues = copy.track.cues;
    }
    const list = [...(cues || [])].slice(0, limits.cues);
    const words = list.map((cue) => (cue.text || "").replace(/<[^>]*>/g, " ").split(/\s+/).filter(Boolean).length);
    const last = list.reduce((latest, cue) => Math.max(latest, Math.min(cue.endTime, 1e6)), 0);
    return [track.kind, track.language, track.label, state, list.length, words.reduce((sum, one) => sum + one, 0), last];
  };

  found.tracks = await Promise.all([...this.textTracks].slice(0, limits.tracks).map(text));
  if (!limits.bytes || !/^https?:/.test(source)) return found;
  const film = document.createElement("video");
  film.muted = true;
  let address = "";
  try {
    const file = await read();
    if (!file) return found;
    address = URL.createObjectURL(file);
    film.preload = "auto";
    film.src = address;
    const ready = await event(film, "loadeddata", "error");
    if (!ready || ready.type === "error" || !Number.isFinite(film.duration)) return found;
    found.bytes = file.size;
    if (film.captureStream().getAudioTracks().length) await listen(file).catch(() => {});
    else found.sound = "none";
    if (film.videoWidth) await look(film);
  } catch {
    // another site's file, a policy against it, a format that cannot be decoded: nothing is known
  } finally {
    film.removeAttribute("src");
    film.load();
    if (address) URL.revokeObjectURL(address);
  }
  return found;
}
