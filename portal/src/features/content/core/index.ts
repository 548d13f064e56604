export {
  type ArticleKind,
  addressIn,
  articleKinds,
  isSlug,
  listPaths,
  type PageKind,
  pageKinds,
  pathOf,
  slugFrom,
  takenSlugs,
} from './address.ts'
export {
  type ArticleSummary,
  listArticles,
  type PictureFacts,
  type ShownMenu,
  type ShownPage,
  showHome,
  showMenus,
  showPage,
} from './api.ts'
export { emptyDocument, mostBlocks, type PageDocument, pageDocument } from './document.ts'
export type {} from './events.ts'
export {
  type Block,
  type BlockKind,
  type BlockValues,
  blockKinds,
  blockNames,
  emptyBlock,
  emptyRow,
  type Field,
  type FlatField,
  fieldsOf,
  nothing,
  type PictureValue,
} from './fields.ts'
export {
  createPage,
  discardDraft,
  type EditedMenus,
  getMenus,
  getPage,
  listPages,
  mostPictureBytes,
  type PageDetail,
  type PageStanding,
  previewPage,
  publishPage,
  removePage,
  restoreVersion,
  saveDraft,
  saveMenus,
  unpublishPage,
  uploadPicture,
} from './manage-api.ts'
export {
  type MenuEntry,
  type MenuLeaf,
  type Menus,
  type MenuTarget,
  menus,
  mostEntries,
  type PortalPlace,
  placeNames,
  portalPlaces,
  usualMenus,
} from './menu.ts'
export { type Lack, lacks, slugLacks } from './publishable.ts'
export { filledIn, isSaid, picturesIn, saidIn } from './reading.ts'
export { type Inline, isAddress, plainText, readText, type TextPart } from './structured-text.ts'
export { momentOf, wallTime } from './wall-time.ts'
