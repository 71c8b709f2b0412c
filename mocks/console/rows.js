// A list of rows, with the details of the selected row beside it.
import { h } from './elements.js'

/** @import { App } from './app.js' */
/** @import { Child } from './elements.js' */

/** On narrow screens the details replace the list. The style sheets have the same width. */
export const isNarrow = () => matchMedia('(max-width: 860px)').matches

/**
 * @param {App} app
 * @param {{ tools: Child, rows: readonly Child[], empty: Child, more: Child, detail: Child }} parts
 */
export function split(app, { tools, rows, empty, more, detail }) {
  const { view, id } = app.place
  return h(
    'div',
    { class: `split${id === undefined ? '' : ' has-detail'}`, key: `split:${view}` },
    h(
      'section',
      { class: 'pane', 'aria-labelledby': 'title', key: 'pane' },
      tools,
      rows.length === 0
        ? h('div', { class: 'empty', key: 'empty' }, empty)
        : h(
            'ul',
            {
              class: 'rows',
              key: 'rows',
              onkeydown: (/** @type {KeyboardEvent} */ event) => moveBy(app, event),
            },
            ...rows,
          ),
      more,
    ),
    detail,
  )
}

/**
 * @param {App} app
 * @param {{ id: string, isFirst: boolean, tone: string }} row
 * @param {...Child} children
 */
export function row(app, { id, isFirst, tone }, ...children) {
  const { view, id: selected } = app.place
  const isSelected = selected === id
  const attributes = {
    class: `row ${tone}`,
    href: `#${view}/${id}`,
    id: `row-${id}`,
    'aria-current': isSelected && 'true',
    // Tab stops once; arrow keys move between the rows.
    tabindex: isSelected || (isFirst && selected === undefined) ? 0 : -1,
    // For another row, the new address moves the focus.
    onclick: () => isSelected && document.getElementById('detail-title')?.focus(),
  }
  return h('li', { key: `row:${id}` }, h('a', attributes, ...children))
}

/**
 * The details of the selected row, with a button back to the list.
 *
 * @param {App} app
 * @param {Child} title
 * @param {...Child} children
 */
export function detailPane(app, title, ...children) {
  const { view, id } = app.place
  const back = () => {
    location.hash = `#${view}`
  }
  return h(
    'article',
    {
      class: 'detail',
      key: `detail:${id}`,
      'aria-labelledby': 'detail-title',
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && back(),
    },
    h('button', { type: 'button', class: 'button back', onclick: back }, '‹ Back to the list'),
    h('h2', { id: 'detail-title', tabindex: -1 }, title),
    ...children,
  )
}

export const nothingSelected = () =>
  h('div', { class: 'detail none', key: 'detail:none' }, h('p', {}, 'Choose one to see all of it.'))

/**
 * @param {App} app
 * @param {KeyboardEvent} event
 */
function moveBy(app, event) {
  const links = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('a')]
  const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement))
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  const link = to === undefined ? undefined : links[to]
  if (link === undefined) return
  event.preventDefault()
  link.focus()
  if (isNarrow()) return
  // No history entry for each arrow key.
  history.replaceState(null, '', link.hash)
  app.moved({ movesFocus: false })
}
