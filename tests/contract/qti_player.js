// Lets Citolab's components score an item of QTI 3 in a page that has loaded them.
async ([xml, responses]) => {
  // Custom elements are known by their names in HTML, so that the document is made anew without namespaces.
  const bare = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.cloneNode(false);
    const made = document.createElement(node.localName);
    for (const it of node.attributes) made.setAttribute(it.localName, it.value);
    for (const it of node.childNodes) made.append(bare(it));
    return made;
  };
  const earned = [];
  for (const response of responses) {
    const item = bare(new DOMParser().parseFromString(xml, "text/xml").documentElement);
    document.body.replaceChildren(item);
    await item.updateComplete;
    await new Promise((done) => setTimeout(done, 20));
    for (const [name, value] of Object.entries(response)) item.updateResponseVariable(name, value);
    item.processResponse();
    const values = Object.fromEntries(item.variables.map((it) => [it.identifier, it.value]));
    earned.push([Number(values.SCORE), [...(values.FEEDBACK ?? []), ...(values.TOLD ? [values.TOLD] : [])]]);
  }
  return earned;
};
