#include "sync/mail/eml_folder.h"

#include <utility>

#include "sync/base/durable_file.h"

namespace syncing {

void EmlFolder::begin(MailJob job) {
  const auto file = folder_ / (core::to_text(job.key) + ".eml");
  const FileResult written =
      make_folder(folder_)
          .and_then([&](core::Done) { return write_durably(file, job.bytes); })
          .and_then([&](core::Done) { return sync_folder(folder_); });
  answers_.push_back({job.row, written ? done() : link_is_down(written.error())});
}

std::vector<RowAnswer> EmlFolder::answers() {
  return std::exchange(answers_, {});
}

}  // namespace syncing
