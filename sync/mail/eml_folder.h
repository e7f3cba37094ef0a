// Mail as files: each mail is `<key>.eml` in a folder, as any mail program
// opens it. The same mail again is the same file. Lives on the sync thread.
#pragma once

#include <filesystem>

#include "sync/mail/mailer.h"

namespace syncing {

class EmlFolder final : public Mailer {
 public:
  explicit EmlFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void begin(MailJob job) override;
  std::vector<RowAnswer> answers() override;

 private:
  std::filesystem::path folder_;
  std::vector<RowAnswer> answers_;
};

}  // namespace syncing
