// Prints the stories of the U.S. Web Design System as JSON: component, story, language and HTML of each; and, for each
// language, the parts of its pages around the main content.
//
//     node stories.mjs NODE_MODULES
//
// Storybook's files are modules that import templates, data and the scripts of components. Here templates render by
// twig.js, data are data, and scripts do nothing: the pages bring their own. Stories named Test are left out.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMainThread } from "node:worker_threads";

const STUB = "export default { on() {}, off() {} }; export const expect = 0, userEvent = 0, within = 0;";
const PARTS = ["skipnav", "banner", "header", "footer", "identifier"];
const NAME = /^(?!default$)[a-z]\w*$/i;

export async function resolve(specifier, context, next) {
  if (/^storybook|(^\.|\/src)\/index$/.test(specifier)) return { url: "stub:", shortCircuit: true };
  if (!specifier.startsWith(".")) return next(specifier, context);
  const path = specifier.endsWith("/content") ? `${specifier}/index.js` : specifier;
  return { url: new URL(path, context.parentURL).href, shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.startsWith("stub:") && !url.includes("/@uswds/")) return next(url, context);
  return { format: "module", source: url === "stub:" ? STUB : source(url), shortCircuit: true };
}

function source(url) {
  if (url.endsWith(".twig")) return `export default (data) => globalThis.rendered(${JSON.stringify(url)}, data);`;
  const written = readFileSync(fileURLToPath(url), "utf-8");
  if (!url.endsWith(".json")) return written;
  const names = Object.keys(JSON.parse(written)).filter((name) => NAME.test(name));
  return `const data = ${written}; export default data; export const { ${names.join(", ")} } = data;`;
}

async function main(modules) {
  const root = `${modules}/@uswds/uswds/packages`;
  const Twig = createRequire(import.meta.url)(`${modules}/twig`);
  Twig.cache(false);
  const options = { async: false, rethrow: true, namespaces: { components: `${root}/`, templates: `${root}/templates/` } };
  const draw = (path, data) => Twig.twig({ ...options, path }).render({ img_path: "./img", ...data });
  globalThis.rendered = (url, data) => draw(fileURLToPath(url), data);
  register(import.meta.url);

  const part = (name, lang) => [name, draw(`${root}/templates/usa-base/includes/_${name}.twig`, { lang })];
  const around = (lang) => Object.fromEntries(PARTS.map((name) => part(name, lang)));
  const files = execFileSync("find", [root, "-name", "*.stories.js"], { encoding: "utf-8" });
  const stories = [];
  for (const path of files.split("\n").filter(Boolean).sort()) {
    const { default: about, ...told } = await import(pathToFileURL(path));
    for (const [story, show] of Object.entries(told)) {
      if (story.startsWith("Test")) continue;
      const lang = /Spanish|LangEs/.test(story) ? "es" : "en";
      stories.push({ component: about.title, story, lang, html: show({ ...about.args, ...show.args }) });
    }
  }
  console.log(JSON.stringify({ around: { en: around("en"), es: around("es") }, stories }));
}

if (isMainThread) await main(process.argv[2]);
