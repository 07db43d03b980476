-- SPDX-License-Identifier: Apache-2.0
SET search_path = bazaar;
ALTER TABLE customer ADD PRIMARY KEY (id), ADD FOREIGN KEY (city) REFERENCES city;
ALTER TABLE product ADD PRIMARY KEY (id);
ALTER TABLE purchase ADD PRIMARY KEY (id), ADD FOREIGN KEY (customer) REFERENCES customer;
ALTER TABLE purchase_line ADD PRIMARY KEY (purchase, line), ADD FOREIGN KEY (purchase) REFERENCES purchase ON DELETE CASCADE,
    ADD FOREIGN KEY (product) REFERENCES product;
ALTER TABLE event ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX customer_email ON customer (lower(email));
CREATE INDEX purchase_by_customer ON purchase (customer, at DESC);
CREATE INDEX purchase_by_time ON purchase (at);
CREATE INDEX purchase_open ON purchase (id) WHERE state = 'placed';
CREATE INDEX line_by_product ON purchase_line (product) INCLUDE (count, price);
CREATE INDEX event_kind ON event ((document ->> 'kind'), at);
ANALYZE city, customer, product, purchase, purchase_line, event;
