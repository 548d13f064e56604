import { seedContent } from '#features/content/server'
import { drawProduct, type ProductSummary, toSvg } from '#features/products/core'
import { listProducts } from '#features/products/server'
import { light } from '#platform/core'
import { type Platform, renderPicture } from '#platform/server'

/** Pages, news, cases and menus of the demo's manufacturer, with drawings of his machines. file: examples/manufacturer/content.json */
export async function loadDemoContent(platform: Platform, file: Parameters<typeof seedContent>[1]): Promise<void> {
  const products = await listProducts(platform.database, 'stranger')
  const product = (slug: string) => products.find(one => one.slug === slug)!
  const centre = product('machining-centre')
  await seedContent(platform, file, {
    machine: await drawn(centre, {}, true),
    'five-axis': await drawn(centre, { trunnion_170: 1 }),
    line: await drawn(centre, { table_pallet2: 1, robot_io: 1 }),
    rotary: await drawn(product('rotary-table'), {}),
  })
}

const [width, height] = [1200, 800]

/** The product on a sheet of paper, with further options on it, as PNG. */
function drawn({ modelId, selection }: ProductSummary, more: Record<string, number>, dimensions = false): Promise<Uint8Array> {
  const chosen = { ...selection, options: { ...selection.options, ...more } }
  const drawing = drawProduct(modelId, chosen, { width, height, dimensions })
  const nodes: typeof drawing.nodes = [
    { kind: 'path', d: [['M', 0, 0], ['L', width, 0], ['L', width, height], ['L', 0, height], ['Z']], fill: 'paper' },
    ...drawing.nodes,
  ]
  return renderPicture(toSvg({ ...drawing, nodes }, { colours: light, width, height }))
}
