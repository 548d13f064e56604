import { type OptionPictures, signsFor } from '../product-drawing.ts'
import { electricalSigns } from '../signs-electrical.ts'
import { mechanicalSigns } from '../signs-mechanical.ts'
import { shopSigns } from '../signs-shop.ts'

export const pictures: OptionPictures = {
  sign: signsFor(
    { ...electricalSigns, ...mechanicalSigns, ...shopSigns },
    {
      worm: ['drive', '', 1],
      cam: ['drive', '', 2],
      direct: ['drive', '', 3],
      b_air: ['disc', '', 1],
      b_hyd: ['disc', '', 2],
      m_none: ['socket', '', 1],
      c_slots: ['disc', '', 3],
      c_chuck: ['disc', '', 4],
      c_zero: ['disc', '', 5],
      commission: ['document', ''],
      report: ['document', '±″'],
    },
  ),
  beside: {
    '*': { options: { d255: 1, worm: 1, upright: 1 }, numbers: {} },
    d200: { options: {}, numbers: {} },
    flat: { options: { d255: 1, m_fanuc: 1 }, numbers: {} },
  },
  whole: new Set(['upright', 'flat']),
}
