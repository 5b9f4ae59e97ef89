"""Traditional characters as the simplified ones which the form and its readers know.

Only for recognition: what was printed stays as it is. The table holds the
characters that occur in the form, its labels and the words looked for, each with
its traditional forms as Big5 has them. A converter's dictionaries (megabytes of
phrases) would decide between 髮 and 發; nothing here needs to know which it was.
Each character becomes one character, so that places in a text stay what they are.
"""

FORMS = """
万萬 与與 专專 业業 丢丟 两兩 严嚴 个個箇 丰豐 临臨 为為 举舉 么麼 义義 乔喬 习習 乡鄉
书書 了瞭 争爭 于於 云雲 产產 亿億 从從 们們 价價 仿倣 众眾 优優 会會 传傳 伤傷 体體
余餘 侨僑 修脩 债債 偿償 儿兒 党黨 关關 养養 内內 册冊 写寫 农農 冯馮 决決 况況 净凈淨
准準 减減 几幾 出齣 击擊 划劃 刘劉 则則 刚剛 创創 删刪 别別彆 制製 办辦 务務 动動 励勵
劳勞 势勢 区區 医醫 千韆 升昇陞 华華 协協 单單 占佔 卢盧 卫衛 却卻 卷捲 厅廳 历厤曆歷
压壓 县縣 参參葠蔘 双雙 发發髮 变變 叙敘 只秖隻 台檯臺颱 叶葉 号號 合閤 同衕 后後 向嚮曏
吕呂 听聽 吴吳 员員 周週 咨諮 噪譟 回迴 团團糰 园園 困睏 围圍 国國 图圖 场場 坏壞 块塊
坚堅 坞塢 堤隄 墙牆 声聲 处處 备備 复復複 够夠 头頭 奖獎 妇婦 姜薑 孙孫 学學 它牠 实實
审審 家傢 宽寬 对對 导導 将將 尘塵 局侷 层層 届屆 属屬 屿嶼 岗崗 布佈 师師 带帶 帮幫
干乾幹榦 并並併 广廣 库庫 应應 废廢癈 开開 弃棄 张張 强強 归歸 当噹當 录彔錄 彻徹 征徵
径徑 志誌 态態 总總 户戶 才纔 托託 执執 扩擴 扫掃 扬揚 折摺 护護 报報 担擔 拓搨 拟擬
择擇 挂掛 损損 换換 据據 摆擺襬 效傚 救捄 数數 断斷 旗旂 无無 旧舊 时時 显顯 晓曉 暂暫
望朢 术朮術 朱硃 机機 杂雜 权權 条條 来來 杨楊 板闆 极極 构搆構 标標 栏欄 样樣 核覈 档檔
桥橋 梁樑 检檢 榜牓 残殘 殡殯 毕畢 气氣 汇匯彙 汉漢 污汙 汤湯 沈瀋 沟溝 没沒 注註 泽澤
测測 济濟 浏瀏 渔漁 游遊 湾灣 滞滯 满滿 灯燈 灵靈 灾災 点點 热熱 牵牽 状狀 环環 现現
电電 畅暢 疗療 监監 盖蓋 盘盤 矿礦 码碼 础礎 确確 碍礙 离離 私俬 种種 秘祕 积積 称稱
移迻 税稅 稳穩 竖豎 竞競 笔筆 筛篩 签簽籤 简簡 类類 系係繫 紧緊 累纍 纠糾 约約 级級 纪紀
纯純 纳納 纸紙 线線 练練 组組 细細 织織 终終 经經 结結 绕繞遶 给給 络絡 绝絕 统統 继繼
绩績 续續 维維 综綜 缓緩 编編 缩縮 缴繳 网網 罗羅 罚罰 翻繙 考攷 职職 联聯 胡衚鬍 脑腦
致緻 艺藝 节節 芦蘆 苏囌甦蘇 范範 荣榮 药葯藥 获獲穫 营營 萧蕭 蒋蔣 虚虛 补補 表錶 装裝
见見 规規 视視 览覽 计計 订訂 认認 训訓 议議 讯訊 记記 讲講 许許 论論 讼訟 设設 访訪
证証證 评評 识識 诉訴 词詞 试試 诚誠 话話 询詢 该該 语語 误誤 说說 请請 诺諾 读讀 课課
谁誰 调調 谈談 谢謝 谭譚 负負 财財 责責 败敗 账賬 质質 购購 贯貫 贴貼 费費 贺賀 贾賈
资資 赖賴 赛賽 赵趙 赶趕 踪蹤 车車 转轉 轮輪 软軟 轻輕 载載 较較 辅輔 辑輯 输輸 辖轄
达達 迁遷 过過 运運 还還 这這 进進 远遠 违違 连連 迟遲 适適 选選 递遞 逾踰 遗遺 邓鄧
邮郵 邹鄒 郑鄭 采埰寀採 释釋 里裡 鉴鑑鑒 针針鍼 钟鍾鐘 钱錢 银銀 链鏈 销銷 错錯 键鍵 镇鎮
长長 门門 闭閉 问問 间間 闻聞 阅閱 阎閻 队隊 阵陣 际際 陆陸 陈陳 险險 随隨 隐隱 难難
静靜 面麵 韩韓 页頁 顶頂 项項 顺順 须須鬚 顾顧 颁頒 预預 领領 频頻 题題 额額 饮飲 馆館
馈餽饋 马馬 驻駐 驿驛 验驗 黄黃 齐齊 龄齡 龙龍 龚龔
"""
SIMPLIFIED = {ord(form): each[0] for each in FORMS.split() for form in each[1:]}
MARKED = 50  # one character in so many says that a text is in traditional characters
SAID = "文件用繁体字：按简体认出标签和标题，文字照原样保留。"


def folded(text: str) -> str:
    """The text in simplified characters, as long as before."""
    return text.translate(SIMPLIFIED)


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters, not just a name with one."""
    return sum(ord(each) in SIMPLIFIED for each in text) * MARKED > max(len(text), 1)
