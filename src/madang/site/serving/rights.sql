-- Run in the database itself, before the first migration: what madang_owner makes, madang_app may use row by row.
ALTER DEFAULT PRIVILEGES FOR ROLE madang_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO madang_app;
ALTER DEFAULT PRIVILEGES FOR ROLE madang_owner GRANT USAGE ON SEQUENCES TO madang_app;
GRANT CREATE, USAGE ON SCHEMA public TO madang_owner;
GRANT USAGE ON SCHEMA public TO madang_app;
