export { ProductDocuments } from './product-documents.tsx'
