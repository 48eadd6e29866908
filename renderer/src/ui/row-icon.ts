import { h, render, type Directive } from 'vue'
import UIcon from '@nuxt/ui/components/Icon.vue'

/**
 * `v-row-icon="name"` puts an icon into an element of a long list. The icon component is two components with a dozen computed
 * values and parses its picture anew each time, a third of what a row costs; here it draws each picture once, and rows get copies.
 */
export const vRowIcon: Directive<HTMLElement, string> = {
  created: (element, { value }) => show(element, value),
  updated: (element, { value, oldValue }) => {
    if (value !== oldValue) show(element, value)
  },
}

const pictures = new Map<string, SVGElement>()

function show(element: HTMLElement, name: string): void {
  const picture = pictures.get(name) ?? draw(name)
  element.replaceChildren(...(picture ? [document.importNode(picture, true)] : []))
}

function draw(name: string): SVGElement | null {
  const place = document.createElement('div')
  render(h(UIcon, { name }), place)
  const drawn = place.querySelector('svg')
  if (drawn === null) return null
  const picture = document.importNode(drawn, true)
  render(null, place)
  // As large as the element it is put into.
  for (const side of ['width', 'height']) picture.setAttribute(side, '100%')
  pictures.set(name, picture)
  return picture
}
