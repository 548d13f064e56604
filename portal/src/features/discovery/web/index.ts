export { DiscoveryHead } from './discovery-head.tsx'
