/** Filters the list of operations; `/` goes to it, Escape leaves it. The page is whole without it. */
export const filterScript = `
const filter = document.getElementById('filter')
const items = [...document.querySelectorAll('nav li')]
filter.addEventListener('input', () => {
  const words = filter.value.toLowerCase().split(/\\s+/)
  for (const item of items) item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word))
})
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== filter) { event.preventDefault(); filter.focus() }
  if (event.key === 'Escape') { filter.value = ''; filter.dispatchEvent(new Event('input')); filter.blur() }
})
const links = new Map([...document.querySelectorAll('nav li a')].map((link) => [link.hash.slice(1), link]))
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) links.get(target.id)?.classList.toggle('here', isIntersecting)
}, { rootMargin: '-10% 0px -70% 0px' })
for (const operation of document.querySelectorAll('article')) seen.observe(operation)
`
