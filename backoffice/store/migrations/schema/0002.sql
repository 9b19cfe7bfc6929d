-- table alembic_version
CREATE TABLE alembic_version (
  version_num TEXT NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- table carrier
CREATE TABLE carrier (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  tracking_url TEXT NOT NULL,
  handoff TEXT NOT NULL,
  active INTEGER NOT NULL,
  CONSTRAINT pk_carrier PRIMARY KEY (id),
  CONSTRAINT uq_carrier_name UNIQUE (name)
)
 STRICT;

-- table column_mapping
CREATE TABLE column_mapping (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  signature TEXT NOT NULL,
  mapping TEXT NOT NULL,
  CONSTRAINT pk_column_mapping PRIMARY KEY (id),
  CONSTRAINT uq_column_mapping_name UNIQUE (name)
)
 STRICT;

-- index ix_column_mapping_signature
CREATE INDEX ix_column_mapping_signature ON column_mapping (signature);

-- table customer
CREATE TABLE customer (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  company TEXT NOT NULL,
  language TEXT NOT NULL,
  country TEXT NOT NULL,
  postcode TEXT NOT NULL,
  postcode_key TEXT NOT NULL,
  notes TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at TEXT NOT NULL,
  listed INTEGER NOT NULL,
  merged_into INTEGER,
  erased_at TEXT,
  batch_id INTEGER,
  order_count INTEGER NOT NULL,
  last_order_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_customer_order_count CHECK (order_count >= 0),
  CONSTRAINT fk_customer_merged_into_customer FOREIGN KEY(merged_into) REFERENCES customer (id)
)
 STRICT;

-- index ix_customer_country
CREATE INDEX ix_customer_country ON customer (listed, country, name_key, id);

-- index ix_customer_last_order
CREATE INDEX ix_customer_last_order ON customer (listed, last_order_at, id);

-- index ix_customer_list
CREATE INDEX ix_customer_list ON customer (listed, name_key, id);

-- index ix_customer_merged
CREATE INDEX ix_customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;

-- index ix_customer_orders
CREATE INDEX ix_customer_orders ON customer (listed, order_count, id);

-- index ix_customer_place
CREATE INDEX ix_customer_place ON customer (postcode_key, name_key);

-- index ix_customer_tagged
CREATE INDEX ix_customer_tagged ON customer (listed, name_key, id) WHERE tags != '[]';

-- table effect
CREATE TABLE effect (
  "key" TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  done_at TEXT,
  result TEXT NOT NULL,
  CONSTRAINT pk_effect PRIMARY KEY ("key")
)
 STRICT;

-- table import_batch
CREATE TABLE import_batch (
  id INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  reader TEXT NOT NULL,
  channel TEXT NOT NULL,
  mapping TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  done_rows INTEGER NOT NULL,
  new INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  undone_at TEXT,
  CONSTRAINT pk_import_batch PRIMARY KEY (id),
  CONSTRAINT ck_import_batch_batchstate CHECK (state IN ('running', 'done', 'stopped', 'undone'))
)
 STRICT;

-- index ix_import_batch_file
CREATE INDEX ix_import_batch_file ON import_batch (file_hash);

-- table journal
CREATE TABLE journal (
  id INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  verb TEXT NOT NULL,
  order_id INTEGER,
  customer_id INTEGER,
  product_id INTEGER,
  shipment_id INTEGER,
  facts TEXT NOT NULL,
  CONSTRAINT pk_journal PRIMARY KEY (id)
)
 STRICT;

-- index ix_journal_customer_id
CREATE INDEX ix_journal_customer_id ON journal (customer_id, id) WHERE customer_id IS NOT NULL;

-- index ix_journal_order_id
CREATE INDEX ix_journal_order_id ON journal (order_id, id) WHERE order_id IS NOT NULL;

-- index ix_journal_product_id
CREATE INDEX ix_journal_product_id ON journal (product_id, id) WHERE product_id IS NOT NULL;

-- index ix_journal_shipment_id
CREATE INDEX ix_journal_shipment_id ON journal (shipment_id, id) WHERE shipment_id IS NOT NULL;

-- table label_sheet
CREATE TABLE label_sheet (
  id INTEGER NOT NULL,
  stock TEXT NOT NULL,
  printer TEXT NOT NULL,
  next_cell INTEGER NOT NULL,
  offset_x_um INTEGER NOT NULL,
  offset_y_um INTEGER NOT NULL,
  CONSTRAINT pk_label_sheet PRIMARY KEY (id),
  CONSTRAINT uq_label_sheet_stock UNIQUE (stock, printer)
)
 STRICT;

-- table ledger_exception
CREATE TABLE ledger_exception (
  id INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  batch_id INTEGER,
  CONSTRAINT pk_ledger_exception PRIMARY KEY (id),
  CONSTRAINT ck_ledger_exception_purpose CHECK (purpose IN ('erase', 'merge', 'undo')),
  CONSTRAINT ck_ledger_exception_one_row CHECK (id = 1)
)
 STRICT;

-- table number_series
CREATE TABLE number_series (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  next INTEGER NOT NULL,
  width INTEGER NOT NULL,
  yearly INTEGER NOT NULL,
  year INTEGER,
  CONSTRAINT pk_number_series PRIMARY KEY (id),
  CONSTRAINT ck_number_series_next CHECK (next >= 1 AND width BETWEEN 1 AND 12),
  CONSTRAINT uq_number_series_name UNIQUE (name)
)
 STRICT;

-- table order_tally
CREATE TABLE order_tally (
  status TEXT NOT NULL,
  payment TEXT NOT NULL,
  dispatch TEXT NOT NULL,
  orders INTEGER NOT NULL,
  CONSTRAINT pk_order_tally PRIMARY KEY (status, payment, dispatch)
)
 STRICT;

-- table printed_document
CREATE TABLE printed_document (
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  times INTEGER NOT NULL,
  stock TEXT NOT NULL,
  facts TEXT NOT NULL,
  CONSTRAINT pk_printed_document PRIMARY KEY (id),
  CONSTRAINT uq_printed_document_kind UNIQUE (kind, subject)
)
 STRICT;

-- table product
CREATE TABLE product (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  options TEXT NOT NULL,
  parent TEXT NOT NULL,
  barcode TEXT NOT NULL,
  picture TEXT NOT NULL,
  bin TEXT NOT NULL,
  weight_g INTEGER NOT NULL,
  length_mm INTEGER NOT NULL,
  width_mm INTEGER NOT NULL,
  height_mm INTEGER NOT NULL,
  hs_code TEXT NOT NULL,
  origin TEXT NOT NULL,
  price INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  tax_class TEXT NOT NULL,
  tax_rate TEXT,
  supplier TEXT NOT NULL,
  reorder_point INTEGER NOT NULL,
  reorder_quantity INTEGER NOT NULL,
  safety_stock INTEGER NOT NULL,
  backorder INTEGER NOT NULL,
  backorder_limit INTEGER,
  notes TEXT NOT NULL,
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  active INTEGER NOT NULL,
  draft INTEGER NOT NULL,
  listed INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  batch_id INTEGER,
  sellable INTEGER NOT NULL,
  quarantine INTEGER NOT NULL,
  damaged INTEGER NOT NULL,
  committed INTEGER NOT NULL,
  incoming INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_product_counters CHECK (sellable >= 0 AND quarantine >= 0 AND damaged >= 0 AND committed >= 0 AND incoming >= 0),
  CONSTRAINT uq_product_sku UNIQUE (sku)
)
 STRICT;

-- index ix_product_barcode
CREATE INDEX ix_product_barcode ON product (barcode) WHERE barcode != '';

-- index ix_product_list
CREATE INDEX ix_product_list ON product (listed, name_key, id);

-- index ix_product_low
CREATE INDEX ix_product_low ON product (id) WHERE listed = 1 AND reorder_point > 0 AND sellable - committed - safety_stock <= reorder_point;

-- index ix_product_sku_list
CREATE INDEX ix_product_sku_list ON product (listed, sku);

-- table search_document
CREATE TABLE search_document (
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT pk_search_document PRIMARY KEY (id),
  CONSTRAINT uq_search_document_kind UNIQUE (kind, record_id)
)
 STRICT;

-- table shop_profile
CREATE TABLE shop_profile (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  website TEXT NOT NULL,
  tax_id TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  postcode TEXT NOT NULL,
  region TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  zone TEXT NOT NULL,
  language TEXT NOT NULL,
  logo BLOB,
  calendar TEXT NOT NULL,
  cut_off TEXT NOT NULL,
  prices_include_tax INTEGER NOT NULL,
  default_tax_rate TEXT NOT NULL,
  rounding TEXT NOT NULL,
  rounding_scope TEXT NOT NULL,
  label_stock TEXT NOT NULL,
  paper TEXT NOT NULL,
  slip_shows_prices INTEGER NOT NULL,
  slip_message TEXT NOT NULL,
  return_note TEXT NOT NULL,
  customs_small INTEGER,
  backup_folder TEXT NOT NULL,
  purge_after_months INTEGER NOT NULL,
  identity TEXT NOT NULL,
  CONSTRAINT pk_shop_profile PRIMARY KEY (id),
  CONSTRAINT ck_shop_profile_one_row CHECK (id = 1)
)
 STRICT;

-- table tombstone
CREATE TABLE tombstone (
  id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  CONSTRAINT pk_tombstone PRIMARY KEY (id),
  CONSTRAINT uq_tombstone_hash UNIQUE (hash)
)
 STRICT;

-- table consent
CREATE TABLE consent (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  purpose TEXT NOT NULL,
  granted INTEGER NOT NULL,
  source TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT pk_consent PRIMARY KEY (id),
  CONSTRAINT fk_consent_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
)
 STRICT;

-- index ix_consent_customer_id
CREATE INDEX ix_consent_customer_id ON consent (customer_id);

-- table contact
CREATE TABLE contact (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  order_id INTEGER,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  inbound INTEGER NOT NULL,
  text TEXT NOT NULL,
  phone TEXT NOT NULL,
  due_at TEXT,
  done_at TEXT,
  CONSTRAINT pk_contact PRIMARY KEY (id),
  CONSTRAINT fk_contact_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT ck_contact_contactkind CHECK (kind IN ('note', 'call', 'chat', 'fax', 'letter', 'visit'))
)
 STRICT;

-- index ix_contact_customer_id
CREATE INDEX ix_contact_customer_id ON contact (customer_id);

-- index ix_contact_due
CREATE INDEX ix_contact_due ON contact (due_at) WHERE due_at IS NOT NULL AND done_at IS NULL;

-- table customer_address
CREATE TABLE customer_address (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  name TEXT NOT NULL,
  company TEXT NOT NULL,
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  postcode TEXT NOT NULL,
  region TEXT NOT NULL,
  country TEXT NOT NULL,
  CONSTRAINT pk_customer_address PRIMARY KEY (id),
  CONSTRAINT fk_customer_address_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT uq_customer_address_customer_id UNIQUE (customer_id, "key")
)
 STRICT;

-- table customer_email
CREATE TABLE customer_email (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  CONSTRAINT pk_customer_email PRIMARY KEY (id),
  CONSTRAINT fk_customer_email_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT uq_customer_email_address UNIQUE (address),
  CONSTRAINT ck_customer_email_emailstate CHECK (state IN ('active', 'inactive', 'dead'))
)
 STRICT;

-- index ix_customer_email_customer_id
CREATE INDEX ix_customer_email_customer_id ON customer_email (customer_id);

-- table customer_identity
CREATE TABLE customer_identity (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  CONSTRAINT pk_customer_identity PRIMARY KEY (id),
  CONSTRAINT fk_customer_identity_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT uq_customer_identity_channel UNIQUE (channel, external_id)
)
 STRICT;

-- index ix_customer_identity_customer_id
CREATE INDEX ix_customer_identity_customer_id ON customer_identity (customer_id);

-- table customer_merge
CREATE TABLE customer_merge (
  id INTEGER NOT NULL,
  kept_id INTEGER NOT NULL,
  gone_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  moved TEXT NOT NULL,
  undone_at TEXT,
  CONSTRAINT pk_customer_merge PRIMARY KEY (id),
  CONSTRAINT fk_customer_merge_gone_id_customer FOREIGN KEY(gone_id) REFERENCES customer (id),
  CONSTRAINT fk_customer_merge_kept_id_customer FOREIGN KEY(kept_id) REFERENCES customer (id)
)
 STRICT;

-- table customer_phone
CREATE TABLE customer_phone (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  CONSTRAINT pk_customer_phone PRIMARY KEY (id),
  CONSTRAINT fk_customer_phone_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT uq_customer_phone_customer_id UNIQUE (customer_id, number)
)
 STRICT;

-- table delivery_option
CREATE TABLE delivery_option (
  id INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  lead_days INTEGER NOT NULL,
  transit_days_min INTEGER NOT NULL,
  transit_days_max INTEGER NOT NULL,
  carrier_id INTEGER,
  price_rules TEXT NOT NULL,
  aliases TEXT NOT NULL,
  active INTEGER NOT NULL,
  CONSTRAINT pk_delivery_option PRIMARY KEY (id),
  CONSTRAINT ck_delivery_option_days CHECK (lead_days >= 0 AND transit_days_min >= 0 AND transit_days_max >= transit_days_min),
  CONSTRAINT fk_delivery_option_carrier_id_carrier FOREIGN KEY(carrier_id) REFERENCES carrier (id),
  CONSTRAINT uq_delivery_option_code UNIQUE (code)
)
 STRICT;

-- table imported_record
CREATE TABLE imported_record (
  id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  made INTEGER NOT NULL,
  "before" TEXT NOT NULL,
  CONSTRAINT pk_imported_record PRIMARY KEY (id),
  CONSTRAINT fk_imported_record_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id)
)
 STRICT;

-- index ix_imported_record_batch
CREATE INDEX ix_imported_record_batch ON imported_record (batch_id, kind, record_id);

-- index ix_imported_record_changed
CREATE INDEX ix_imported_record_changed ON imported_record (record_id) WHERE made = 0;

-- table product_match
CREATE TABLE product_match (
  id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  external TEXT NOT NULL,
  product_id INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  imported TEXT NOT NULL,
  batch_id INTEGER,
  CONSTRAINT pk_product_match PRIMARY KEY (id),
  CONSTRAINT fk_product_match_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
  CONSTRAINT uq_product_match_channel UNIQUE (channel, external)
)
 STRICT;

-- index ix_product_match_product_id
CREATE INDEX ix_product_match_product_id ON product_match (product_id);

-- table rejection
CREATE TABLE rejection (
  id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  code TEXT NOT NULL,
  facts TEXT NOT NULL,
  header TEXT NOT NULL,
  cells TEXT NOT NULL,
  state TEXT NOT NULL,
  CONSTRAINT pk_rejection PRIMARY KEY (id),
  CONSTRAINT fk_rejection_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id),
  CONSTRAINT ck_rejection_rejectionstate CHECK (state IN ('open', 'mended', 'dismissed'))
)
 STRICT;

-- index ix_rejection_batch
CREATE INDEX ix_rejection_batch ON rejection (batch_id, line);

-- table shipment
CREATE TABLE shipment (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL,
  customer_id INTEGER,
  state TEXT NOT NULL,
  ship_name TEXT NOT NULL,
  ship_company TEXT NOT NULL,
  ship_street TEXT NOT NULL,
  ship_city TEXT NOT NULL,
  ship_postcode TEXT NOT NULL,
  ship_region TEXT NOT NULL,
  ship_country TEXT NOT NULL,
  carrier_id INTEGER,
  service TEXT NOT NULL,
  tracking TEXT NOT NULL,
  weight_g INTEGER NOT NULL,
  label_cost INTEGER,
  created_at TEXT NOT NULL,
  packed_at TEXT,
  shipped_at TEXT,
  delivered_at TEXT,
  voided_at TEXT,
  written_back_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT fk_shipment_carrier_id_carrier FOREIGN KEY(carrier_id) REFERENCES carrier (id),
  CONSTRAINT fk_shipment_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT uq_shipment_number UNIQUE (number),
  CONSTRAINT ck_shipment_shipmentstate CHECK (state IN ('draft', 'picking', 'packed', 'shipped', 'delivered', 'lost', 'returned_to_sender', 'void'))
)
 STRICT;

-- index ix_shipment_shipped
CREATE INDEX ix_shipment_shipped ON shipment (shipped_at) WHERE shipped_at IS NOT NULL;

-- index ix_shipment_state
CREATE INDEX ix_shipment_state ON shipment (state, id);

-- index ix_shipment_tracking
CREATE INDEX ix_shipment_tracking ON shipment (tracking) WHERE tracking != '';

-- table stock_move
CREATE TABLE stock_move (
  id INTEGER NOT NULL,
  at TEXT NOT NULL,
  product_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  bucket_from TEXT NOT NULL,
  bucket_to TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  reference TEXT NOT NULL,
  who TEXT NOT NULL,
  batch_id INTEGER,
  CONSTRAINT pk_stock_move PRIMARY KEY (id),
  CONSTRAINT ck_stock_move_reason CHECK (kind != 'adjust' OR reason != ''),
  CONSTRAINT ck_stock_move_buckets CHECK (bucket_from != bucket_to),
  CONSTRAINT ck_stock_move_quantity CHECK (quantity > 0),
  CONSTRAINT fk_stock_move_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
  CONSTRAINT ck_stock_move_bucket CHECK (bucket_from IN ('sellable', 'quarantine', 'damaged', 'supplier', 'customer', 'adjustment', 'lost')),
  CONSTRAINT ck_stock_move_bucket CHECK (bucket_to IN ('sellable', 'quarantine', 'damaged', 'supplier', 'customer', 'adjustment', 'lost')),
  CONSTRAINT ck_stock_move_movekind CHECK (kind IN ('opening', 'receipt', 'adjust', 'count', 'ship', 'unship', 'return_in', 'inspect_ok', 'inspect_damaged', 'write_off', 'supplier_return', 'kit_build', 'kit_break'))
)
 STRICT;

-- index ix_stock_move_product
CREATE INDEX ix_stock_move_product ON stock_move (product_id, id);

-- table stock_source
CREATE TABLE stock_source (
  id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  product_id INTEGER NOT NULL,
  location TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  at TEXT NOT NULL,
  facts TEXT NOT NULL,
  CONSTRAINT pk_stock_source PRIMARY KEY (id),
  CONSTRAINT fk_stock_source_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
  CONSTRAINT uq_stock_source_channel UNIQUE (channel, product_id, location)
)
 STRICT;

-- table orders
CREATE TABLE orders (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL,
  channel TEXT NOT NULL,
  external_id TEXT,
  external_number TEXT NOT NULL,
  customer_id INTEGER,
  placed_at TEXT NOT NULL,
  status TEXT NOT NULL,
  payment TEXT NOT NULL,
  dispatch TEXT NOT NULL,
  returns TEXT NOT NULL,
  currency TEXT NOT NULL,
  prices_include_tax INTEGER NOT NULL,
  total INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  tax_rounding INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  shipping INTEGER NOT NULL,
  shipping_tax INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  imported_total INTEGER,
  imported TEXT NOT NULL,
  ship_name TEXT NOT NULL,
  ship_company TEXT NOT NULL,
  ship_street TEXT NOT NULL,
  ship_city TEXT NOT NULL,
  ship_postcode TEXT NOT NULL,
  ship_region TEXT NOT NULL,
  ship_country TEXT NOT NULL,
  ship_phone TEXT NOT NULL,
  bill_name TEXT NOT NULL,
  bill_company TEXT NOT NULL,
  bill_street TEXT NOT NULL,
  bill_city TEXT NOT NULL,
  bill_postcode TEXT NOT NULL,
  bill_region TEXT NOT NULL,
  bill_country TEXT NOT NULL,
  email TEXT NOT NULL,
  delivery_option_id INTEGER,
  delivery_name TEXT NOT NULL,
  promised_dispatch TEXT,
  promised_delivery TEXT,
  ship_by_fixed INTEGER NOT NULL,
  notes TEXT NOT NULL,
  gift_message TEXT NOT NULL,
  tags TEXT NOT NULL,
  source TEXT NOT NULL,
  replaces_id INTEGER,
  reordered_from INTEGER,
  batch_id INTEGER,
  fingerprint TEXT NOT NULL,
  touched_by_hand INTEGER NOT NULL,
  closed_at TEXT,
  cancelled_at TEXT,
  cancel_reason TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT fk_orders_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT fk_orders_delivery_option_id_delivery_option FOREIGN KEY(delivery_option_id) REFERENCES delivery_option (id),
  CONSTRAINT uq_orders_channel UNIQUE (channel, external_id),
  CONSTRAINT uq_orders_number UNIQUE (number),
  CONSTRAINT ck_orders_orderstatus CHECK (status IN ('draft', 'open', 'on_hold', 'closed', 'cancelled')),
  CONSTRAINT ck_orders_paymentstatus CHECK (payment IN ('unpaid', 'part_paid', 'paid', 'overpaid', 'part_refunded', 'refunded')),
  CONSTRAINT ck_orders_dispatchstatus CHECK (dispatch IN ('unfulfilled', 'part_packed', 'packed', 'part_shipped', 'shipped', 'delivered')),
  CONSTRAINT ck_orders_returnsstatus CHECK (returns IN ('none', 'requested', 'in_progress', 'part_returned', 'returned'))
)
 STRICT;

-- index ix_orders_batch
CREATE INDEX ix_orders_batch ON orders (batch_id) WHERE batch_id IS NOT NULL;

-- index ix_orders_customer
CREATE INDEX ix_orders_customer ON orders (customer_id, placed_at);

-- index ix_orders_dispatch
CREATE INDEX ix_orders_dispatch ON orders (dispatch, placed_at, id);

-- index ix_orders_external_number
CREATE INDEX ix_orders_external_number ON orders (external_number);

-- index ix_orders_payment
CREATE INDEX ix_orders_payment ON orders (payment, placed_at, id);

-- index ix_orders_placed
CREATE INDEX ix_orders_placed ON orders (placed_at, id);

-- index ix_orders_status
CREATE INDEX ix_orders_status ON orders (status, placed_at, id);

-- index ix_orders_to_ship
CREATE INDEX ix_orders_to_ship ON orders (promised_dispatch, id) WHERE status = 'open' AND dispatch IN ('unfulfilled', 'part_packed', 'packed', 'part_shipped');

-- index ix_orders_total
CREATE INDEX ix_orders_total ON orders (total, id);

-- index ix_orders_unpaid
CREATE INDEX ix_orders_unpaid ON orders (placed_at, id) WHERE status IN ('open', 'on_hold') AND payment IN ('unpaid', 'part_paid');

-- table scan
CREATE TABLE scan (
  id INTEGER NOT NULL,
  shipment_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  code TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  result TEXT NOT NULL,
  CONSTRAINT pk_scan PRIMARY KEY (id),
  CONSTRAINT fk_scan_shipment_id_shipment FOREIGN KEY(shipment_id) REFERENCES shipment (id)
)
 STRICT;

-- index ix_scan_shipment
CREATE INDEX ix_scan_shipment ON scan (shipment_id, id);

-- table order_change
CREATE TABLE order_change (
  id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  undone_at TEXT,
  CONSTRAINT pk_order_change PRIMARY KEY (id),
  CONSTRAINT fk_order_change_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;

-- index ix_order_change_order
CREATE INDEX ix_order_change_order ON order_change (order_id, id);

-- table order_hold
CREATE TABLE order_hold (
  id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,
  released_at TEXT,
  CONSTRAINT pk_order_hold PRIMARY KEY (id),
  CONSTRAINT fk_order_hold_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;

-- index ix_order_hold_open
CREATE INDEX ix_order_hold_open ON order_hold (until) WHERE released_at IS NULL;

-- index ix_order_hold_order
CREATE INDEX ix_order_hold_order ON order_hold (order_id);

-- table order_line
CREATE TABLE order_line (
  id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  product_id INTEGER,
  external_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  options TEXT NOT NULL,
  ordered INTEGER NOT NULL,
  unit_price INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  order_discount INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  taxes TEXT NOT NULL,
  requires_shipping INTEGER NOT NULL,
  allocated INTEGER NOT NULL,
  packed INTEGER NOT NULL,
  shipped INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  shipped_elsewhere INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  return_requested INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  CONSTRAINT pk_order_line PRIMARY KEY (id),
  CONSTRAINT ck_order_line_allocated CHECK (0 <= allocated AND allocated <= ordered - cancelled - shipped),
  CONSTRAINT ck_order_line_counters CHECK (0 <= cancelled AND cancelled <= ordered AND 0 <= packed AND packed <= ordered - cancelled AND 0 <= shipped AND shipped <= packed AND 0 <= delivered AND delivered <= shipped AND 0 <= returned AND returned <= shipped AND return_requested >= 0),
  CONSTRAINT fk_order_line_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT fk_order_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT;

-- index ix_order_line_order
CREATE INDEX ix_order_line_order ON order_line (order_id, position);

-- index ix_order_line_product
CREATE INDEX ix_order_line_product ON order_line (product_id, id);

-- index ix_order_line_short
CREATE INDEX ix_order_line_short ON order_line (product_id, order_id) WHERE requires_shipping = 1 AND ordered - cancelled - shipped - allocated > 0;

-- table payment
CREATE TABLE payment (
  id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  method TEXT NOT NULL,
  reference TEXT NOT NULL,
  reverses_id INTEGER,
  batch_id INTEGER,
  CONSTRAINT pk_payment PRIMARY KEY (id),
  CONSTRAINT ck_payment_amount CHECK (amount > 0),
  CONSTRAINT fk_payment_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT fk_payment_reverses_id_payment FOREIGN KEY(reverses_id) REFERENCES payment (id),
  CONSTRAINT uq_payment_reverses_id UNIQUE (reverses_id),
  CONSTRAINT ck_payment_paymentkind CHECK (kind IN ('charge', 'refund', 'fee', 'chargeback', 'reversal'))
)
 STRICT;

-- index ix_payment_order
CREATE INDEX ix_payment_order ON payment (order_id, id);

-- table allocation
CREATE TABLE allocation (
  id INTEGER NOT NULL,
  order_line_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  reference TEXT NOT NULL,
  at TEXT NOT NULL,
  CONSTRAINT pk_allocation PRIMARY KEY (id),
  CONSTRAINT ck_allocation_quantity CHECK (quantity > 0),
  CONSTRAINT fk_allocation_order_line_id_order_line FOREIGN KEY(order_line_id) REFERENCES order_line (id),
  CONSTRAINT fk_allocation_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
  CONSTRAINT uq_allocation_order_line_id UNIQUE (order_line_id, product_id)
)
 STRICT;

-- index ix_allocation_product
CREATE INDEX ix_allocation_product ON allocation (product_id);

-- table shipment_line
CREATE TABLE shipment_line (
  id INTEGER NOT NULL,
  shipment_id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  order_line_id INTEGER NOT NULL,
  product_id INTEGER,
  quantity INTEGER NOT NULL,
  from_stock INTEGER NOT NULL,
  scanned INTEGER NOT NULL,
  CONSTRAINT pk_shipment_line PRIMARY KEY (id),
  CONSTRAINT ck_shipment_line_quantity CHECK (quantity > 0 AND 0 <= scanned AND scanned <= quantity),
  CONSTRAINT fk_shipment_line_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT fk_shipment_line_order_line_id_order_line FOREIGN KEY(order_line_id) REFERENCES order_line (id),
  CONSTRAINT fk_shipment_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
  CONSTRAINT fk_shipment_line_shipment_id_shipment FOREIGN KEY(shipment_id) REFERENCES shipment (id),
  CONSTRAINT uq_shipment_line_shipment_id UNIQUE (shipment_id, order_line_id)
)
 STRICT;

-- index ix_shipment_line_order_id
CREATE INDEX ix_shipment_line_order_id ON shipment_line (order_id);

-- index ix_shipment_line_order_line
CREATE INDEX ix_shipment_line_order_line ON shipment_line (order_line_id);

-- trigger journal_refuses_update
CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
WHEN NOT (
  EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'erase') AND new.id IS old.id AND new.at IS old.at AND new.who IS old.who AND new.verb IS old.verb AND new.order_id IS old.order_id AND new.customer_id IS old.customer_id AND new.product_id IS old.product_id AND new.shipment_id IS old.shipment_id
  OR EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'merge') AND new.id IS old.id AND new.at IS old.at AND new.who IS old.who AND new.verb IS old.verb AND new.order_id IS old.order_id AND new.product_id IS old.product_id AND new.shipment_id IS old.shipment_id AND new.facts IS old.facts
)
BEGIN
  SELECT RAISE(ABORT, 'journal is append-only');
END;

-- trigger journal_refuses_delete
CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal is append-only');
END;

-- trigger consent_refuses_update
CREATE TRIGGER consent_refuses_update BEFORE UPDATE ON consent
WHEN NOT (
  EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'erase') AND new.id IS old.id AND new.customer_id IS old.customer_id AND new.at IS old.at AND new.purpose IS old.purpose AND new.granted IS old.granted
  OR EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'merge') AND new.id IS old.id AND new.at IS old.at AND new.purpose IS old.purpose AND new.granted IS old.granted AND new.source IS old.source AND new.text IS old.text
)
BEGIN
  SELECT RAISE(ABORT, 'consent is append-only');
END;

-- trigger consent_refuses_delete
CREATE TRIGGER consent_refuses_delete BEFORE DELETE ON consent
WHEN NOT (
  EXISTS (SELECT 1 FROM ledger_exception AS e WHERE e.purpose = 'undo' AND EXISTS (SELECT 1 FROM customer AS c WHERE c.id = old.customer_id AND c.batch_id = e.batch_id))
)
BEGIN
  SELECT RAISE(ABORT, 'consent is append-only');
END;

-- trigger payment_refuses_update
CREATE TRIGGER payment_refuses_update BEFORE UPDATE ON payment
BEGIN
  SELECT RAISE(ABORT, 'payment is append-only');
END;

-- trigger payment_refuses_delete
CREATE TRIGGER payment_refuses_delete BEFORE DELETE ON payment
WHEN NOT (
  EXISTS (SELECT 1 FROM ledger_exception AS e WHERE e.purpose = 'undo' AND old.batch_id IS NOT NULL AND batch_id = old.batch_id)
)
BEGIN
  SELECT RAISE(ABORT, 'payment is append-only');
END;

-- trigger stock_move_refuses_update
CREATE TRIGGER stock_move_refuses_update BEFORE UPDATE ON stock_move
BEGIN
  SELECT RAISE(ABORT, 'stock_move is append-only');
END;

-- trigger stock_move_refuses_delete
CREATE TRIGGER stock_move_refuses_delete BEFORE DELETE ON stock_move
WHEN NOT (
  EXISTS (SELECT 1 FROM ledger_exception AS e WHERE e.purpose = 'undo' AND old.batch_id IS NOT NULL AND batch_id = old.batch_id)
)
BEGIN
  SELECT RAISE(ABORT, 'stock_move is append-only');
END;

-- trigger order_tally_insert
CREATE TRIGGER order_tally_insert AFTER INSERT ON orders
BEGIN
  INSERT INTO order_tally (status, payment, dispatch, orders) VALUES (new.status, new.payment, new.dispatch, 1)
  ON CONFLICT (status, payment, dispatch) DO UPDATE SET orders = orders + 1;
END;

-- trigger order_tally_update
CREATE TRIGGER order_tally_update AFTER UPDATE OF status, payment, dispatch ON orders
WHEN (new.status, new.payment, new.dispatch) IS NOT (old.status, old.payment, old.dispatch)
BEGIN
  UPDATE order_tally SET orders = orders - 1
  WHERE status = old.status AND payment = old.payment AND dispatch = old.dispatch;
  INSERT INTO order_tally (status, payment, dispatch, orders) VALUES (new.status, new.payment, new.dispatch, 1)
  ON CONFLICT (status, payment, dispatch) DO UPDATE SET orders = orders + 1;
END;

-- trigger order_tally_delete
CREATE TRIGGER order_tally_delete AFTER DELETE ON orders
BEGIN
  UPDATE order_tally SET orders = orders - 1
  WHERE status = old.status AND payment = old.payment AND dispatch = old.dispatch;
END;

-- table search_index
CREATE VIRTUAL TABLE search_index USING fts5 (
  kind, title, text,
  content='search_document', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);

-- trigger search_document_insert
CREATE TRIGGER search_document_insert AFTER INSERT ON search_document
BEGIN
  INSERT INTO search_index (rowid, kind, title, text) VALUES (new.id, new.kind, new.title, new.text);
END;

-- trigger search_document_update
CREATE TRIGGER search_document_update AFTER UPDATE ON search_document
BEGIN
  INSERT INTO search_index (search_index, rowid, kind, title, text)
  VALUES ('delete', old.id, old.kind, old.title, old.text);
  INSERT INTO search_index (rowid, kind, title, text) VALUES (new.id, new.kind, new.title, new.text);
END;

-- trigger search_document_delete
CREATE TRIGGER search_document_delete AFTER DELETE ON search_document
BEGIN
  INSERT INTO search_index (search_index, rowid, kind, title, text)
  VALUES ('delete', old.id, old.kind, old.title, old.text);
END;

-- table file_content
CREATE TABLE file_content (
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL,
  CONSTRAINT pk_file_content PRIMARY KEY (sha256)
)
 STRICT;

-- table keyword_rule
CREATE TABLE keyword_rule (
  id INTEGER NOT NULL,
  topic TEXT NOT NULL,
  language TEXT NOT NULL,
  phrases TEXT NOT NULL,
  template TEXT NOT NULL,
  automatic INTEGER NOT NULL,
  bar INTEGER NOT NULL,
  active INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_keyword_rule PRIMARY KEY (id),
  CONSTRAINT uq_keyword_rule_topic UNIQUE (topic, language)
)
 STRICT;

-- table mail_account
CREATE TABLE mail_account (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL,
  from_name TEXT NOT NULL,
  signature TEXT NOT NULL,
  user TEXT NOT NULL,
  sign_in TEXT NOT NULL,
  imap_host TEXT NOT NULL,
  imap_port INTEGER NOT NULL,
  imap_security TEXT NOT NULL,
  smtp_host TEXT NOT NULL,
  smtp_port INTEGER NOT NULL,
  smtp_security TEXT NOT NULL,
  sent_folder TEXT NOT NULL,
  keeps_sent INTEGER NOT NULL,
  outbox_folder TEXT NOT NULL,
  connected_at TEXT NOT NULL,
  active INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_mail_account_address UNIQUE (address),
  CONSTRAINT ck_mail_account_signin CHECK (sign_in IN ('password', 'xoauth2')),
  CONSTRAINT ck_mail_account_security CHECK (imap_security IN ('tls', 'starttls')),
  CONSTRAINT ck_mail_account_security CHECK (smtp_security IN ('tls', 'starttls'))
)
 STRICT;

-- table mail_macro
CREATE TABLE mail_macro (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  template TEXT NOT NULL,
  actions TEXT NOT NULL,
  archived INTEGER NOT NULL,
  CONSTRAINT pk_mail_macro PRIMARY KEY (id),
  CONSTRAINT uq_mail_macro_name UNIQUE (name)
)
 STRICT;

-- table mail_settings
CREATE TABLE mail_settings (
  id INTEGER NOT NULL,
  thread_key TEXT NOT NULL,
  acknowledge INTEGER NOT NULL,
  stopped_at TEXT,
  notices TEXT NOT NULL,
  answer_minutes INTEGER NOT NULL,
  next_minutes INTEGER NOT NULL,
  undo_seconds INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_mail_settings PRIMARY KEY (id),
  CONSTRAINT ck_mail_settings_one_row CHECK (id = 1)
)
 STRICT;

-- table mail_template
CREATE TABLE mail_template (
  id INTEGER NOT NULL,
  code TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  topic TEXT NOT NULL,
  archived INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_mail_template PRIMARY KEY (id),
  CONSTRAINT uq_mail_template_code UNIQUE (code, language)
)
 STRICT;

-- table raw_mail
CREATE TABLE raw_mail (
  id INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  packed BLOB NOT NULL,
  CONSTRAINT pk_raw_mail PRIMARY KEY (id),
  CONSTRAINT uq_raw_mail_sha256 UNIQUE (sha256)
)
 STRICT;

-- table mail_folder
CREATE TABLE mail_folder (
  id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  uidvalidity INTEGER NOT NULL,
  last_uid INTEGER NOT NULL,
  on_server INTEGER NOT NULL,
  history_uid INTEGER NOT NULL,
  known_uid INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  listed_at TEXT,
  tried_at TEXT,
  succeeded_at TEXT,
  error TEXT NOT NULL,
  failures INTEGER NOT NULL,
  CONSTRAINT pk_mail_folder PRIMARY KEY (id),
  CONSTRAINT fk_mail_folder_account_id_mail_account FOREIGN KEY(account_id) REFERENCES mail_account (id),
  CONSTRAINT uq_mail_folder_account_id UNIQUE (account_id, name)
)
 STRICT;

-- table conversation
CREATE TABLE conversation (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  sender TEXT NOT NULL,
  preview TEXT NOT NULL,
  topic TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  account_id INTEGER,
  customer_id INTEGER,
  order_id INTEGER,
  assigned_to TEXT NOT NULL,
  tags TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  last_in_at TEXT,
  last_out_at TEXT,
  waiting_since TEXT,
  first_answer_at TEXT,
  due_at TEXT,
  promised_at TEXT,
  snoozed_until TEXT,
  closed_at TEXT,
  answers INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  flagged TEXT NOT NULL,
  continues INTEGER,
  listed INTEGER NOT NULL,
  merged_into INTEGER,
  version INTEGER NOT NULL,
  CONSTRAINT fk_conversation_account_id_mail_account FOREIGN KEY(account_id) REFERENCES mail_account (id),
  CONSTRAINT fk_conversation_continues_conversation FOREIGN KEY(continues) REFERENCES conversation (id),
  CONSTRAINT fk_conversation_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT fk_conversation_merged_into_conversation FOREIGN KEY(merged_into) REFERENCES conversation (id),
  CONSTRAINT fk_conversation_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT uq_conversation_number UNIQUE (number),
  CONSTRAINT ck_conversation_conversationstate CHECK (state IN ('open', 'waiting', 'closed'))
)
 STRICT;

-- index ix_conversation_customer
CREATE INDEX ix_conversation_customer ON conversation (customer_id, last_at);

-- index ix_conversation_due
CREATE INDEX ix_conversation_due ON conversation (due_at, id, snoozed_until) WHERE due_at IS NOT NULL;

-- index ix_conversation_list
CREATE INDEX ix_conversation_list ON conversation (listed, state, last_at, id, snoozed_until);

-- index ix_conversation_mine
CREATE INDEX ix_conversation_mine ON conversation (assigned_to, last_at, id, state, listed) WHERE assigned_to <> '';

-- index ix_conversation_newest
CREATE INDEX ix_conversation_newest ON conversation (listed, last_at, id);

-- index ix_conversation_order
CREATE INDEX ix_conversation_order ON conversation (order_id) WHERE order_id IS NOT NULL;

-- index ix_conversation_snoozed
CREATE INDEX ix_conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- table conversation_move
CREATE TABLE conversation_move (
  id INTEGER NOT NULL,
  what TEXT NOT NULL,
  kept_id INTEGER NOT NULL,
  gone_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  moved TEXT NOT NULL,
  undone_at TEXT,
  CONSTRAINT pk_conversation_move PRIMARY KEY (id),
  CONSTRAINT fk_conversation_move_gone_id_conversation FOREIGN KEY(gone_id) REFERENCES conversation (id),
  CONSTRAINT fk_conversation_move_kept_id_conversation FOREIGN KEY(kept_id) REFERENCES conversation (id)
)
 STRICT;

-- index ix_conversation_move_gone
CREATE INDEX ix_conversation_move_gone ON conversation_move (gone_id);

-- index ix_conversation_move_kept_id
CREATE INDEX ix_conversation_move_kept_id ON conversation_move (kept_id);

-- table mail_draft
CREATE TABLE mail_draft (
  id INTEGER NOT NULL,
  conversation_id INTEGER,
  who TEXT NOT NULL,
  account_id INTEGER,
  "to" TEXT NOT NULL,
  cc TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  template TEXT NOT NULL,
  attachments TEXT NOT NULL,
  seen_message_id INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT pk_mail_draft PRIMARY KEY (id),
  CONSTRAINT fk_mail_draft_account_id_mail_account FOREIGN KEY(account_id) REFERENCES mail_account (id),
  CONSTRAINT fk_mail_draft_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
  CONSTRAINT uq_mail_draft_conversation_id UNIQUE (conversation_id, who)
)
 STRICT;

-- table mail_task
CREATE TABLE mail_task (
  id INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  order_id INTEGER,
  customer_id INTEGER,
  conversation_id INTEGER,
  facts TEXT NOT NULL,
  done_at TEXT,
  CONSTRAINT pk_mail_task PRIMARY KEY (id),
  CONSTRAINT fk_mail_task_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
  CONSTRAINT fk_mail_task_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT fk_mail_task_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT uq_mail_task_key UNIQUE ("key")
)
 STRICT;

-- index ix_mail_task_open
CREATE INDEX ix_mail_task_open ON mail_task (done_at, id);

-- table message
CREATE TABLE message (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER,
  account_id INTEGER,
  raw_id INTEGER,
  direction TEXT NOT NULL,
  medium TEXT NOT NULL,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  dated TEXT,
  who TEXT NOT NULL,
  from_name TEXT NOT NULL,
  from_address TEXT NOT NULL,
  "to" TEXT NOT NULL,
  subject TEXT NOT NULL,
  rfc_id TEXT NOT NULL,
  text TEXT NOT NULL,
  new_length INTEGER NOT NULL,
  html TEXT NOT NULL,
  reason TEXT NOT NULL,
  third_party INTEGER NOT NULL,
  thanks_only INTEGER NOT NULL,
  history INTEGER NOT NULL,
  attachments INTEGER NOT NULL,
  acknowledge INTEGER NOT NULL,
  why_not TEXT NOT NULL,
  fault TEXT NOT NULL,
  CONSTRAINT ck_message_threaded CHECK ((state = 'threaded') <= (conversation_id IS NOT NULL)),
  CONSTRAINT fk_message_account_id_mail_account FOREIGN KEY(account_id) REFERENCES mail_account (id),
  CONSTRAINT fk_message_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
  CONSTRAINT fk_message_raw_id_raw_mail FOREIGN KEY(raw_id) REFERENCES raw_mail (id),
  CONSTRAINT ck_message_direction CHECK (direction IN ('in', 'out', 'note')),
  CONSTRAINT ck_message_medium CHECK (medium IN ('mail', 'phone', 'chat')),
  CONSTRAINT ck_message_messagestate CHECK (state IN ('to_read', 'threaded', 'unreadable', 'spam', 'duplicate')),
  CONSTRAINT ck_message_mailkind CHECK (kind IN ('human', 'automatic', 'bounce', 'list', 'feedback', 'own')),
  CONSTRAINT ck_message_threadreason CHECK (reason IN ('our-id', 'known-id', 'subject-tag', 'new', 'split', 'merged', 'written'))
)
 STRICT;

-- index ix_message_conversation
CREATE INDEX ix_message_conversation ON message (conversation_id, at, id);

-- index ix_message_header
CREATE INDEX ix_message_header ON message (rfc_id) WHERE rfc_id <> '';

-- index ix_message_raw
CREATE INDEX ix_message_raw ON message (raw_id) WHERE raw_id IS NOT NULL;

-- index ix_message_sender
CREATE INDEX ix_message_sender ON message (from_address, at);

-- index ix_message_state
CREATE INDEX ix_message_state ON message (state, id) WHERE state <> 'threaded';

-- table attachment
CREATE TABLE attachment (
  id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  cid TEXT NOT NULL,
  CONSTRAINT pk_attachment PRIMARY KEY (id),
  CONSTRAINT fk_attachment_message_id_message FOREIGN KEY(message_id) REFERENCES message (id),
  CONSTRAINT fk_attachment_sha256_file_content FOREIGN KEY(sha256) REFERENCES file_content (sha256)
)
 STRICT;

-- index ix_attachment_message
CREATE INDEX ix_attachment_message ON attachment (message_id);

-- table bounced
CREATE TABLE bounced (
  id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  status TEXT NOT NULL,
  diagnostic TEXT NOT NULL,
  hard INTEGER NOT NULL,
  original TEXT NOT NULL,
  CONSTRAINT pk_bounced PRIMARY KEY (id),
  CONSTRAINT fk_bounced_message_id_message FOREIGN KEY(message_id) REFERENCES message (id)
)
 STRICT;

-- index ix_bounced_address
CREATE INDEX ix_bounced_address ON bounced (address);

-- index ix_bounced_message_id
CREATE INDEX ix_bounced_message_id ON bounced (message_id);

-- table mail_arrival
CREATE TABLE mail_arrival (
  id INTEGER NOT NULL,
  folder_id INTEGER NOT NULL,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  size INTEGER NOT NULL,
  message_id INTEGER,
  subject TEXT NOT NULL,
  sender TEXT NOT NULL,
  CONSTRAINT pk_mail_arrival PRIMARY KEY (id),
  CONSTRAINT fk_mail_arrival_folder_id_mail_folder FOREIGN KEY(folder_id) REFERENCES mail_folder (id),
  CONSTRAINT fk_mail_arrival_message_id_message FOREIGN KEY(message_id) REFERENCES message (id),
  CONSTRAINT uq_mail_arrival_folder_id UNIQUE (folder_id, uidvalidity, uid)
)
 STRICT;

-- index ix_arrival_message
CREATE INDEX ix_arrival_message ON mail_arrival (message_id);

-- table outgoing_mail
CREATE TABLE outgoing_mail (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "key" TEXT NOT NULL,
  account_id INTEGER NOT NULL,
  conversation_id INTEGER,
  message_id INTEGER,
  raw_id INTEGER NOT NULL,
  customer_id INTEGER,
  order_id INTEGER,
  purpose TEXT NOT NULL,
  rfc_id TEXT NOT NULL,
  to_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  send_later INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  answer TEXT NOT NULL,
  error TEXT NOT NULL,
  sent_at TEXT,
  copied INTEGER NOT NULL,
  CONSTRAINT fk_outgoing_mail_account_id_mail_account FOREIGN KEY(account_id) REFERENCES mail_account (id),
  CONSTRAINT fk_outgoing_mail_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
  CONSTRAINT fk_outgoing_mail_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
  CONSTRAINT fk_outgoing_mail_message_id_message FOREIGN KEY(message_id) REFERENCES message (id),
  CONSTRAINT fk_outgoing_mail_order_id_orders FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT fk_outgoing_mail_raw_id_raw_mail FOREIGN KEY(raw_id) REFERENCES raw_mail (id),
  CONSTRAINT uq_outgoing_mail_key UNIQUE ("key"),
  CONSTRAINT uq_outgoing_mail_rfc_id UNIQUE (rfc_id),
  CONSTRAINT ck_outgoing_mail_purpose CHECK (purpose IN ('answer', 'acknowledgement', 'notice', 'offer')),
  CONSTRAINT ck_outgoing_mail_outboxstate CHECK (state IN ('queued', 'sending', 'dot', 'sent', 'retry', 'failed', 'uncertain', 'cancelled'))
)
 STRICT;

-- index ix_outgoing_conversation
CREATE INDEX ix_outgoing_conversation ON outgoing_mail (conversation_id);

-- index ix_outgoing_due
CREATE INDEX ix_outgoing_due ON outgoing_mail (state, due_at, id);

-- index ix_outgoing_receiver
CREATE INDEX ix_outgoing_receiver ON outgoing_mail (to_address, purpose, created_at);

-- table acknowledgement
CREATE TABLE acknowledgement (
  conversation_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  outgoing_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  at TEXT NOT NULL,
  promised_at TEXT NOT NULL,
  CONSTRAINT pk_acknowledgement PRIMARY KEY (conversation_id),
  CONSTRAINT fk_acknowledgement_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
  CONSTRAINT fk_acknowledgement_message_id_message FOREIGN KEY(message_id) REFERENCES message (id),
  CONSTRAINT fk_acknowledgement_outgoing_id_outgoing_mail FOREIGN KEY(outgoing_id) REFERENCES outgoing_mail (id)
)
 STRICT;

-- index ix_acknowledgement_address
CREATE INDEX ix_acknowledgement_address ON acknowledgement (address, at);

-- table outgoing_receiver
CREATE TABLE outgoing_receiver (
  id INTEGER NOT NULL,
  outgoing_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  code INTEGER NOT NULL,
  answer TEXT NOT NULL,
  CONSTRAINT pk_outgoing_receiver PRIMARY KEY (id),
  CONSTRAINT fk_outgoing_receiver_outgoing_id_outgoing_mail FOREIGN KEY(outgoing_id) REFERENCES outgoing_mail (id),
  CONSTRAINT uq_outgoing_receiver_outgoing_id UNIQUE (outgoing_id, address)
)
 STRICT;

-- trigger raw_mail_refuses_update
CREATE TRIGGER raw_mail_refuses_update BEFORE UPDATE ON raw_mail
WHEN NOT EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'erase')
BEGIN
  SELECT RAISE(ABORT, 'raw_mail is append-only');
END;

-- trigger raw_mail_refuses_delete
CREATE TRIGGER raw_mail_refuses_delete BEFORE DELETE ON raw_mail
WHEN NOT EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'erase')
BEGIN
  SELECT RAISE(ABORT, 'raw_mail is append-only');
END;
