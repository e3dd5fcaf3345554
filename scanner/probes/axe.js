// Runs in an isolated world beside axe-core: the page cannot see or change it.
// eslint-disable-next-line no-unused-vars
globalThis.curbcut = (() => {
  const NODE_LIMIT = 1000;
  let own = null;

  // Positions among sibling elements from the document's root down; "s" enters a shadow tree.
  const pathOf = (element) => {
    const path = [];
    for (let at = element; at; ) {
      const above = at.parentNode;
      if (!above) return null;
      if (above.nodeType === Node.DOCUMENT_NODE) return path;
      let position = 0;
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling) position++;
      path.unshift(position);
      if (above.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
        path.unshift("s");
        at = above.host;
      } else {
        at = above;
      }
    }
    return null;
  };

  const paths = (selectors) => selectors.map((selector) => {
    const element = axe.utils.shadowSelect(selector);
    return element ? pathOf(element) : null;
  });

  const dataOf = (node) => {
    const found = {};
    for (const check of [...node.any, ...node.all, ...node.none]) {
      if (!check.data || typeof check.data !== "object") continue;
      for (const [key, value] of Object.entries(check.data)) {
        if (typeof value === "string" || typeof value === "number") found[key] = String(value).slice(0, 200);
      }
    }
    return found;
  };

  const nodesOf = (rule) => rule.nodes.slice(0, NODE_LIMIT).map((node) => ({
    target: node.target,
    path: node.element ? pathOf(node.element) : null,
    impact: node.impact || "",
    data: dataOf(node),
  }));

  const compact = (results) => JSON.stringify({
    version: results.testEngine.version,
    violations: results.violations.map((rule) => ({ id: rule.id, nodes: nodesOf(rule) })),
    incomplete: results.incomplete.map((rule) => ({ id: rule.id, nodes: nodesOf(rule) })),
    passes: results.passes.map((rule) => rule.id),
    inapplicable: results.inapplicable.map((rule) => rule.id),
  });

  return {
    paths,
    // False in a frame that is sandboxed without scripts: promises and timers never run there.
    alive: () => new Promise((resolve) => setTimeout(() => resolve(true), 1)),
    frames: (context) => axe.utils.getFrameContexts(context),
    frame: (selector) => axe.utils.shadowSelect(selector),
    run: (options) => axe.run(document, { ...options, iframes: false }).then(compact),
    partial: (context, options) => axe.runPartial(context, options).then((result) => JSON.stringify(result)),
    keep: (context, options) => axe.runPartial(context, options).then((result) => { own = result; return true; }),
    finish: (others, options) => axe.finishRun([own, ...others], options).then(compact),
  };
})();
