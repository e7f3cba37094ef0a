// fiskaly SIGN DE V2 without fiskaly: HTTP requests in, answers out. Written from its public
// OpenAPI and not from our driver. It knows no sockets: whoever owns it carries the bytes.
// One thread.
//
// Orders, one a line; it answers "ok", "no: WHY" or a line of JSON:
//   lose|silent|deaf|break|another|forged|bad-json|html|redirect|garbage|too-many
//     [auth|tss|admin|client|tx|export|file|any] [COUNT|always]
//     lose: done, and the connection ends. silent: done, never said. deaf: never done.
//   error STATUS CODE [WHERE] [COUNT]     late MILLISECONDS     storm PERMILLE
//   tokens   (all are over)   expire   defect   time SECONDS   slow-export POLLS
//   off  (all of that is over)        state
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pos/tools/tse_sim_device.h"
#include "pos/tools/tse_sim_faults.h"

namespace pos::tse_sim {

struct FiskalySettings {
  std::string api_key = "test_key", api_secret = "test_secret";
  std::filesystem::path folder{};  // keeps the TSSs; empty: nothing is kept
};

// An authority of our own and a certificate of it for 127.0.0.1, as authority.pem, server.pem
// and server.key in `folder`, where they are not there yet.
void make_authority(const std::filesystem::path& folder, Seconds now);

class FiskalyHost {
 public:
  struct Said {
    int connection = 0;
    std::string bytes{};
    bool is_over = false;
    int after_milliseconds = 0;
  };

  explicit FiskalyHost(FiskalySettings settings, Seconds now);

  std::vector<Said> connected(int) { return {}; }
  std::vector<Said> take(int connection, std::string_view bytes, Seconds now);
  void closed(int connection) { received_.erase(connection); }
  std::string obey(const std::string& line, Seconds now);
  std::size_t open_ones() const;
  const Device* device() const;  // of the first TSS; null: there is none

 private:
  using Json = nlohmann::json;
  struct Request {
    std::string method, token;
    std::vector<std::string> path;  // behind /api/v2
    std::map<std::string, std::string> query;
    Json body;
  };
  struct Answer {
    int status = 200;
    Json json = Json::object();
    std::string file{};  // instead of JSON
    std::string headers{};
  };
  struct Tss {
    std::unique_ptr<Device> device;
    std::string state = "CREATED", puk, pin;
    int tries = 5;
    Seconds admin_until = 0;
    Json clients = Json::object(), transactions = Json::object();
    std::map<std::string, int> exports;  // how often each was asked for
  };

  std::vector<Said> answer(int connection, const Request& request, Seconds now);
  Answer perform(const Request& request, Seconds now);
  Answer log_in(const Request& request, Seconds now);
  Answer tss(const std::string& id, const Request& request, Seconds now);
  Answer admin(Tss& tss, const Request& request, Seconds now);
  Answer client(Tss& tss, const Request& request, Seconds now);
  Answer transaction(Tss& tss, const Request& request, Seconds now);
  Answer put_transaction(Tss& tss, const Request& request, Seconds now);
  Answer exported(Tss& tss, const Request& request, Seconds now);
  Json about(const std::string& id, const Tss& tss, Seconds now) const;
  void remember(Tss& tss);
  static Answer error(int status, const std::string& code);
  bool strikes(const char* fault, const std::string& where, bool is_signature);

  FiskalySettings settings_;
  std::map<std::string, Tss> all_;
  std::map<std::string, Seconds> tokens_;
  std::map<int, std::string> received_;
  Faults faults_;
  int error_status_ = 500, late_ = 0, storm_ = 0, polls_ = 1;
  std::string error_code_;
  bool is_over_ = false, is_defect_ = false;
  Seconds clock_offset_ = 0;
  std::uint64_t dice_ = 88172645463325252U;
};

}  // namespace pos::tse_sim
