// The views are functions from state to elements: `h` makes the elements, `morph` updates the page to
// match them. All text becomes text nodes and no function accepts markup, so data from untrusted
// senders cannot become markup.

/** @typedef {Node | string | number | false | null | undefined | readonly Child[]} Child */

/**
 * An element. Functions are event handlers. Attributes that are false, null or undefined are left
 * out. `key` identifies an element among its siblings.
 *
 * @param {string} tag
 * @param {Readonly<Record<string, unknown>>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    // Ignore the return value of a handler: `false` would prevent the default action.
    if (typeof value === 'function')
      Object.assign(element, { [name]: (/** @type {Event} */ event) => void value(event) })
    else if (name === 'key') element.dataset.key = String(value)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  append(element, children)
  return element
}

/**
 * @param {HTMLElement} element
 * @param {readonly Child[]} children
 */
function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child)
    else if (child instanceof Node) element.append(child)
    else if (typeof child === 'string' || typeof child === 'number') element.append(String(child))
  }
}

const handlers = /** @type {const} */ (['onclick', 'onsubmit', 'oninput', 'onchange', 'onkeydown'])
/** Attributes that the user changes, so no view overwrites them. */
const userAttributes = new Set(['open', 'value', 'checked'])

/**
 * Updates the children of an element, and keeps elements that are the same. So focus, selection,
 * scroll position, open details and typed text stay.
 *
 * @param {Element} parent
 * @param {readonly Node[]} wanted
 */
export function morph(parent, wanted) {
  const keys = new Set(wanted.map(keyOf))
  for (const node of [...parent.childNodes])
    if (keyOf(node) !== undefined && !keys.has(keyOf(node))) node.remove()
  const keyed = new Map([...parent.childNodes].map((node) => [keyOf(node), node]))
  /** @type {ChildNode | null} */
  let here = parent.firstChild
  for (const next of wanted) {
    const key = keyOf(next)
    const same = key === undefined ? here : keyed.get(key)
    if (!same || !isSameKind(same, next)) parent.insertBefore(next, here)
    else {
      if (same === here) here = here.nextSibling
      else parent.insertBefore(same, here)
      update(same, next)
    }
  }
  while (here !== null) {
    const rest = here
    here = here.nextSibling
    rest.remove()
  }
}

/** @param {Node} node */
const keyOf = (node) => (node instanceof HTMLElement ? node.dataset.key : undefined)

/**
 * @param {Node} one
 * @param {Node} other
 */
const isSameKind = (one, other) => one.nodeName === other.nodeName && keyOf(one) === keyOf(other)

/**
 * @param {Node} old
 * @param {Node} next
 */
function update(old, next) {
  if (!(old instanceof HTMLElement) || !(next instanceof HTMLElement)) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue
    return
  }
  for (const { name, value } of next.attributes)
    if (!userAttributes.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
  for (const { name } of [...old.attributes])
    if (!userAttributes.has(name) && !next.hasAttribute(name)) old.removeAttribute(name)
  for (const name of handlers) Object.assign(old, { [name]: next[name] })
  morph(old, [...next.childNodes])
}
