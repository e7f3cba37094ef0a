// Answers the screens' questions on a read-only connection of its own, and
// draws slips as pictures. Of several questions of one kind only the latest is
// answered: a cashier who types on does not wait for what was typed before.
#pragma once

#include <filesystem>
#include <vector>

#include "core/store/database.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"
#include "pos/ui/translate.h"

namespace pos {

class ReaderThread {
 public:
  ReaderThread(core::Database database, const Translations& translations, Queue<UiMessage>& to_ui,
               Wake wake);
  ~ReaderThread();

  bool ask(ReaderMessage message) { return messages_.push(std::move(message)); }
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  void loop();
  void deal_with(const ReaderMessage& message);

  core::Database database_;
  const Translations& translations_;
  Queue<UiMessage>& to_ui_;
  Wake wake_;
  Queue<ReaderMessage> messages_;
  Worker worker_;
};

}  // namespace pos
