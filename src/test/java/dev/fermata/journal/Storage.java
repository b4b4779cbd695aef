package dev.fermata.journal;

import dev.fermata.session.Sessions;

/** A journal, and what reads the facts that it stores. */
public interface Storage extends AutoCloseable {

  Journal journal();

  Jobs jobs();

  Events events();

  Sessions sessions();

  UsedKeys keys();

  Kept kept();

  @Override
  void close();
}
