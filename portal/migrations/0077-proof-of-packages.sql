-- Whether customers are shown, where a package is offered, what came of warnings. Owned by features/packages.
alter table service_package add column shows_proof boolean not null default true;
