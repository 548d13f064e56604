import portalPackage from '../../../package.json' with { type: 'json' }

/** Of Fettle. */
export const version: string = portalPackage.version
