-- The two roles of the database. Run once by a superuser (the demo does it at every start; running it again is safe).
-- madang_owner owns the tables and runs migrations; madang_app is what the site runs as: it reads and writes rows,
-- owns nothing, and can neither change a table nor pass a policy by. Migrations take single rights away from it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'madang_owner') THEN
    CREATE ROLE madang_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'madang_app') THEN
    CREATE ROLE madang_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
END
$$;
