export { StandingCards } from './standing-cards.tsx'
export { addressOf, Tile } from './tile.tsx'
export { useLiveFleet } from './use-live-fleet.ts'
