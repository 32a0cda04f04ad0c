/** A sample shop: its schema, its data, its clients, and a migration with a fault planted in it. */
@NullMarked
package dev.understudy.lab.shop;

import org.jspecify.annotations.NullMarked;
