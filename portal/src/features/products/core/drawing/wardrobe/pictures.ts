import type { Chosen } from '../chosen.ts'
import { type OptionPictures, signsFor } from '../product-drawing.ts'
import { homeSigns } from '../signs-home.ts'
import { mechanicalSigns } from '../signs-mechanical.ts'
import { shopSigns } from '../signs-shop.ts'

export const pictures: OptionPictures = {
  sign: signsFor(
    { ...homeSigns, ...mechanicalSigns, ...shopSigns },
    {
      inside_white: ['board', '', 1],
      inside_linen: ['board', '', 2],
      inside_lacquer: ['board', '', 3],
      inside_oil: ['board', '', 4],
      place_wall: ['room', '', 1],
      place_corner: ['room', '', 2],
      place_niche: ['room', '', 3],
      top_free: ['room', '', 4],
      top_panel: ['room', '', 5],
      floor_heating: ['thermometer'],
      hinge_soft: ['hinge'],
      track_40: ['rail', '', 1],
      track_80: ['rail', '', 2],
      fin_white: ['leaf', '', 1],
      fin_grey: ['leaf', '', 3],
      fin_sage: ['leaf', '', 2],
      fin_terracotta: ['leaf', '', 11],
      fin_walnut: ['leaf', '', 5],
      fin_oak: ['leaf', '', 10],
      fin_smoked: ['leaf', '', 4],
      fin_clear: ['leaf', '', 6],
      fin_bronze: ['leaf', '', 7],
      fin_reeded: ['leaf', '', 8],
      fin_silver: ['leaf', '', 9],
      handle_bar: ['handle', '', 1],
      handle_recess: ['handle', '', 2],
      handle_push: ['handle', '', 3],
      handle_knob: ['handle', '', 4],
      handle_edge: ['handle', '', 5],
      straightener: ['screw'],
      rail_oval: ['rod', '', 1],
      rail_38: ['rod', '', 2],
      rail_led: ['rod', '', 3],
      rail_pull: ['rod', '', 4],
      driver_30: ['driver', '30 W'],
      driver_60: ['driver', '60 W'],
      driver_150: ['driver', '150 W'],
      switch_door: ['switch', '', 1],
      switch_motion: ['switch', '', 2],
      switch_touch: ['switch', '', 3],
      deliver_room: ['crate', '', 1],
      deliver_kerb: ['crate', '', 2],
      deliver_collect: ['crate', '', 3],
      has_lift: ['elevator'],
      build_flat: ['build', '', 1],
      build_upright: ['build', '', 2],
      build_self: ['build', '', 3],
      survey: ['scale'],
    },
  ),
  beside: beside(),
  whole: new Set(['front_none', 'front_hinged', 'front_sliding', 'body_particle', 'body_ply', 'body_oak', 'slope']),
}

function beside(): Record<string, Chosen> {
  const bay = (options: Record<string, number>, more: Record<string, number> = {}): Chosen => ({
    options,
    numbers: { width: 900, height: 2200, depth: 580, bays: 1, doors: 1, ...more },
  })
  const within = (ids: string[], ...options: string[]) =>
    Object.fromEntries(ids.map(id => [id, bay(Object.fromEntries(options.map(each => [each, 1])))]))
  return {
    '*': bay({}),
    ...within(['lift'], 'bay_double'),
    ...within(['drawer_200', 'drawer_280', 'safe', 'tray'], 'bay_drawer'),
    ...within(['shelf_18', 'shelf_25', 'shelf_glass', 'led_shelf'], 'bay_shelf'),
    ...within(['mirror'], 'bay_long'),
    ...within(['ironing'], 'bay_trouser'),
    ...within(['panel_foil', 'panel_lacquer', 'panel_veneer', 'panel_glass', 'panel_mirror', 'panel_rattan'], 'front_hinged'),
    front_hinged: bay({ bay_shelf: 2, panel_foil: 1, handle_bar: 1 }, { width: 1200, bays: 2, doors: 2 }),
    front_sliding: bay({ bay_shelf: 2, panel_mirror: 1 }, { width: 1800, bays: 2, doors: 2 }),
    front_none: bay({ bay_shelf: 1, bay_double: 1 }, { width: 1200, bays: 2, doors: 0 }),
    slope: bay({ bay_shelf: 2 }, { width: 1600, bays: 2, slope_low: 1100, slope_run: 900 }),
  }
}
