/** What a model is made of, as a reader looks for it. */
export const thingKinds = [
  'product',
  'group',
  'option',
  'rule',
  'price',
  'default',
  'attribute',
  'interface',
  'bom',
  'spec',
  'example',
] as const
export type ThingKind = (typeof thingKinds)[number]
