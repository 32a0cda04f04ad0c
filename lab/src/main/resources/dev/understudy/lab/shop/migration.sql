-- Totals move to whole cents. Today's application goes on reading and writing total; a trigger keeps both in step.
ALTER TABLE orders ADD COLUMN total_cents bigint;

UPDATE orders SET total_cents = trunc(total::double precision * 100);

UPDATE orders SET total = total_cents / 100.0;

ALTER TABLE orders ALTER COLUMN total_cents SET NOT NULL;

CREATE FUNCTION orders_total_cents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.total_cents := round(NEW.total * 100);
    RETURN NEW;
END
$$;

CREATE TRIGGER orders_total_cents BEFORE INSERT OR UPDATE OF total ON orders
FOR EACH ROW EXECUTE FUNCTION orders_total_cents();
