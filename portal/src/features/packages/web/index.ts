export { PackageTeaser } from './package-teaser.tsx'
