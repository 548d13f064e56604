-- A document may be for all who have a role towards a machine (holders), not for its owner alone. Owned by features/documents.
alter table document drop constraint document_audience_check;
