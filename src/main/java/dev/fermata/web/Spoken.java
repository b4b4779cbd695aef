package dev.fermata.web;

/** A document that can also be said in one line, for people at a terminal. */
interface Spoken {

  String line();
}
